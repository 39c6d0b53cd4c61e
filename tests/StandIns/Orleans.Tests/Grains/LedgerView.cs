namespace Orleans.Tests.Grains;

[GenerateSerializer]
[Immutable]
public sealed record LedgerView(
    [property: Id(0)] int Total, [property: Id(1)] int Lines, [property: Id(2)] bool IsStored, [property: Id(3)] string? Etag);
