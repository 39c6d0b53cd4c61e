namespace Herald.Chaos.Verdicts;

/// <summary>One thing that must hold.</summary>
/// <param name="What">What was counted.</param>
/// <param name="Found">The count.</param>
/// <param name="Expected">What it must be.</param>
/// <param name="Detail">The first of those that break it; empty when it holds.</param>
internal sealed record Check(string What, long Found, long Expected, string Detail)
{
    public bool Holds => Found == Expected;
}
