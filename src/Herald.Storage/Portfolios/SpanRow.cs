using Herald.Domain.Portfolios;

namespace Herald.Storage.Portfolios;

/// <summary>A span as read.</summary>
internal sealed class SpanRow
{
    public long Start { get; init; }

    public long Reached { get; init; }

    public long Planned { get; init; }

    public PortfolioSpan ToSpan() => new(Start, Reached, Planned);
}
