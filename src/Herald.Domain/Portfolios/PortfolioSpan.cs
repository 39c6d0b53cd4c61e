namespace Herald.Domain.Portfolios;

/// <summary>What is known of <see cref="PortfolioBudget.SpanWidth"/> of time.</summary>
/// <param name="Start">When it begins, in microseconds since 1970; a multiple of the width.</param>
/// <param name="Reached">How many people the portfolio last reached in it.</param>
/// <param name="Planned">How many messages were put off to it.</param>
public readonly record struct PortfolioSpan(long Start, long Reached, long Planned);
