namespace Orleans.Tests.Grains;

[GenerateSerializer]
[Alias("orleans-tests/ledger")]
public sealed class LedgerState
{
    [Id(0)]
    public int Total { get; set; }

    [Id(1)]
    public List<string> Lines { get; set; } = [];

    [Id(2)]
    public DateTimeOffset? Closed { get; set; }
}
