using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Senders;

/// <summary>A worker's pace as a row, and back.</summary>
internal static class PaceMemory
{
    /// <summary>Most people whose debts outlive their owner; one who is left out costs a refusal at worst.</summary>
    private const int DebtsMax = 500;

    public static SenderPaceRow Read(SenderWorker worker, DateTimeOffset now) => new()
    {
        TenantId = worker.Key.Tenant,
        SenderId = worker.Key.Sender,
        Epoch = worker.Lease.Epoch,
        Rate = Math.Round(worker.Pace.RatePerSecond, 3),
        HoldTime = worker.Pace.HeldUntil,
        Pairs = JsonSerializer.Serialize(worker.Pairs.Debts(DebtsMax).ToDictionary(
            debt => debt.Key.ToString(), debt => Micros.FromTime(debt.Value), StringComparer.Ordinal)),
        LevelTime = worker.LevelTime,
        UpdateTime = now,
    };

    public static void Restore(SenderWorker worker, SenderPaceRow row)
    {
        worker.Pace.Restore(row.Rate, row.HoldTime);
        worker.LevelTime = row.LevelTime;
        var debts = JsonSerializer.Deserialize<Dictionary<string, long>>(row.Pairs) ?? [];
        worker.Pairs.Restore(debts.Select(debt => KeyValuePair.Create(ContactId.Parse(debt.Key), Micros.ToTime(debt.Value))));
    }
}
