using System.Diagnostics.Metrics;
using System.Globalization;

namespace Herald.Grains.Failures;

/// <summary>
/// Counts failures in the meter <c>Herald</c>: <c>herald.meta.failures</c> with the tags <c>code</c>, <c>reaction</c>, <c>listed</c> (false for a code
/// that the table lacks) and <c>late</c> (true when it came by webhook).
/// </summary>
internal sealed class FailureMeter
{
    private readonly Counter<long> _failures;

    public FailureMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _failures = meters.Create("Herald").CreateCounter<long>("herald.meta.failures", "{failure}", "Sends that Meta refused, at once or later.");
    }

    public void Count(FailedSend failure, bool isListed) => _failures.Add(
        1,
        new KeyValuePair<string, object?>("code", failure.Code.ToString(CultureInfo.InvariantCulture)),
        new KeyValuePair<string, object?>("reaction", failure.Error.Reaction.ToString()),
        new KeyValuePair<string, object?>("listed", isListed),
        new KeyValuePair<string, object?>("late", failure.CameLater));
}
