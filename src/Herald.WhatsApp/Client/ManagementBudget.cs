using System.Collections.Concurrent;

namespace Herald.WhatsApp.Client;

/// <summary>
/// The management calls of each WhatsApp Business Account: Meta allows an app 200 in a moving hour, and 5,000 once the account has a registered
/// number. What all of Herald's nodes use together, Meta tells in a header, which is believed over what was counted here. Safe from any thread.
/// </summary>
internal sealed class ManagementBudget(TimeProvider time)
{
    public const int CallsPerHour = 200;
    public const int CallsPerHourRegistered = 5_000;

    /// <summary>Accounts and other nodes kept at most; beyond, all is forgotten and Meta's own refusals have to do.</summary>
    private const int EntriesMax = 10_000;

    /// <summary>From this share of the limit on, calls rest for a while, so that Meta need not refuse.</summary>
    private const int NearlyUsedPercent = 95;

    private const int Minutes = 60;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _accountOf = new(StringComparer.Ordinal);

    /// <summary>Counts one call on a node: an account, or a number or template whose account was seen in an answer. False when it must wait.</summary>
    public bool TryTake(string nodeId)
    {
        var account = Find(nodeId);
        var now = time.GetTimestamp();
        lock (account)
        {
            if (account.ClosedAt is { } closedAt && time.GetElapsedTime(closedAt, now) < account.ClosedFor)
                return false;
            var minute = (long)time.GetElapsedTime(0, now).TotalMinutes;
            account.Forget(minute);
            if (account.Calls.Sum() >= (account.IsRegistered ? CallsPerHourRegistered : CallsPerHour))
                return false;
            account.Calls[minute % Account.Span]++;
            return true;
        }
    }

    /// <summary>The account has a registered number.</summary>
    public void MarkRegistered(string accountId) => Find(accountId).IsRegistered = true;

    /// <summary>What an answer's header told of accounts.</summary>
    /// <param name="nodeId">The node that was called.</param>
    /// <param name="usages">The header, account by account.</param>
    public void Learn(string nodeId, IReadOnlyList<AccountUsage> usages)
    {
        if (usages.Count == 1 && usages[0].AccountId != nodeId)
        {
            if (_accountOf.Count >= EntriesMax)
                _accountOf.Clear();
            _accountOf[nodeId] = usages[0].AccountId;
        }
        foreach (var usage in usages)
        {
            var wait = usage.RegainAccess > TimeSpan.Zero ? usage.RegainAccess : usage.CallPercent >= NearlyUsedPercent ? Rest : TimeSpan.Zero;
            if (wait == TimeSpan.Zero)
                continue;
            var account = Find(usage.AccountId);
            lock (account)
            {
                account.ClosedAt = time.GetTimestamp();
                account.ClosedFor = wait;
            }
        }
    }

    private Account Find(string nodeId)
    {
        if (_accounts.Count >= EntriesMax)
            _accounts.Clear();
        return _accounts.GetOrAdd(_accountOf.GetValueOrDefault(nodeId, nodeId), static _ => new Account());
    }

    /// <summary>Calls by minute. One minute more than the hour, since the first is never a whole one.</summary>
    private sealed class Account
    {
        public const int Span = Minutes + 1;

        private long _minute;

        public int[] Calls { get; } = new int[Span];

        public long? ClosedAt { get; set; }

        public TimeSpan ClosedFor { get; set; }

        public bool IsRegistered { get; set; }

        public void Forget(long minute)
        {
            for (var passed = Math.Max(_minute + 1, minute - Span + 1); passed <= minute; passed++)
                Calls[passed % Span] = 0;
            _minute = Math.Max(_minute, minute);
        }
    }
}
