namespace Herald.Grains.Portfolios;

/// <summary>How the limits of business portfolios are shared out. Section <c>Herald:Delivery</c>.</summary>
public sealed class PortfolioOptions
{
    /// <summary>Default of <see cref="TransactionalReservePercent"/>.</summary>
    public const int DefaultTransactionalReservePercent = 10;

    /// <summary>
    /// How much of a business portfolio's daily limit of people marketing leaves to authentication and utility messages, in percent. Default 10,
    /// range 0 to 90. A portfolio takes a change over when WhatsApp is next asked for its limit, within 6 hours.
    /// </summary>
    public int TransactionalReservePercent { get; set; } = DefaultTransactionalReservePercent;
}
