using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Tenants.V1;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Accounts;
using SenderKind = Herald.Domain.Senders.SenderKind;
using SenderState = Herald.Domain.Senders.SenderState;

namespace Herald.Api.Tenants;

/// <summary>Senders between WhatsApp, storage and contract.</summary>
internal static class SenderMapping
{
    private const int CoexistencePerSecond = 20;
    private const int StandardPerSecond = 80;
    private const int HighPerSecond = 1_000;

    /// <summary>The pace that WhatsApp gives a number.</summary>
    public static int MessagesPerSecond(PhoneNumberInfo number) => number.MessagesPerSecond ?? StandardPerSecond;

    public static Sender ToProto(this SenderRow row) => new()
    {
        Name = SenderName.Format(row.TenantId.Value, row.SenderId.Value),
        WabaId = row.WabaId,
        PhoneNumberId = row.PhoneNumberId,
        DisplayPhoneNumber = row.DisplayPhoneNumber,
        VerifiedName = row.VerifiedName,
        QualityRating = row.QualityRating.ToUpperInvariant() switch
        {
            "GREEN" or "HIGH" => QualityRating.Green,
            "YELLOW" or "MEDIUM" => QualityRating.Yellow,
            "RED" or "LOW" => QualityRating.Red,
            _ => QualityRating.Unknown,
        },
        ThroughputLevel = row.MessagesPerSecond switch
        {
            <= CoexistencePerSecond => ThroughputLevel.Coexistence,
            >= HighPerSecond => ThroughputLevel.High,
            _ => ThroughputLevel.Standard,
        },
        MessagesPerSecond = row.MessagesPerSecond,
        Kind = row.Kind == SenderKind.Control ? Contracts.Tenants.V1.SenderKind.Control : Contracts.Tenants.V1.SenderKind.Business,
        State = row.State switch
        {
            SenderState.Pending => Contracts.Tenants.V1.SenderState.Pending,
            SenderState.Registered => Contracts.Tenants.V1.SenderState.Registered,
            SenderState.Active => Contracts.Tenants.V1.SenderState.Active,
            SenderState.Throttled => Contracts.Tenants.V1.SenderState.Throttled,
            SenderState.Restricted => Contracts.Tenants.V1.SenderState.Restricted,
            SenderState.Disconnected => Contracts.Tenants.V1.SenderState.Disconnected,
            _ => throw new InvalidOperationException($"Unknown sender state {row.State}."),
        },
        StateReason = row.StateReason,
        Etag = Etag.Of(row.Version),
        CreateTime = row.CreateTime.ToProto(),
        UpdateTime = row.UpdateTime.ToProto(),
        StateTime = row.StateTime.ToProto(),
        CheckTime = row.CheckTime.ToProto(),
    };
}
