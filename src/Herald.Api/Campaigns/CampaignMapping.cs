using Herald.Api.Calls;
using Herald.Api.Messages;
using Herald.Contracts;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Tenants;
using Herald.Grains.Campaigns;
using Herald.Storage.Campaigns;
using CampaignState = Herald.Domain.Campaigns.CampaignState;
using MessageState = Herald.Domain.Messages.MessageState;
using PauseCause = Herald.Domain.Campaigns.PauseCause;
using V1 = Herald.Contracts.Campaigns.V1;

namespace Herald.Api.Campaigns;

/// <summary>Campaigns and their reports between storage and contract.</summary>
internal static class CampaignMapping
{
    private const string KeyActor = "key:";
    private const string OwnerActor = "owner:";

    public static Campaign ToProto(this CampaignRow row)
    {
        var campaign = new Campaign
        {
            Name = CampaignName.Format(row.TenantId.Value, row.CampaignId.Value),
            DisplayName = row.DisplayName,
            Template = TemplateName.Format(row.TenantId.Value, row.TemplateId.Value),
            Sender = SenderName.Format(row.TenantId.Value, row.SenderId.Value),
            ContactList = ContactListName.Format(row.TenantId.Value, row.ListId.Value),
            State = row.State.ToProto(),
            Failure = row.State == CampaignState.Failed ? row.StateDetail : "",
            RecipientCount = row.Recipients,
            ScheduleTime = row.ScheduleTime.ToProto(),
            LaunchTime = row.LaunchTime.ToProto(),
            StartTime = row.StartTime.ToProto(),
            EndTime = row.EndTime.ToProto(),
            Etag = Etag.Of(row.Version),
            CreateTime = row.CreateTime.ToProto(),
            UpdateTime = row.UpdateTime.ToProto(),
        };
        foreach (var (key, source) in CampaignParameters.Parse(row.Parameters).ByKey)
            campaign.Parameters[key] = source.ToProto();
        if (row.State == CampaignState.Paused)
        {
            campaign.Pause = new CampaignPause
            {
                Cause = Enum.Parse<V1.PauseCause>(row.PauseCause == PauseCause.None ? nameof(V1.PauseCause.Unspecified) : row.PauseCause.ToString()),
                Actor = ActorName(row.TenantId, row.PauseActor),
                Detail = row.StateDetail,
                PauseTime = row.UpdateTime.ToProto(),
            };
        }
        return campaign;
    }

    public static V1.CampaignState ToProto(this CampaignState state) => Enum.Parse<V1.CampaignState>(state.ToString());

    /// <summary>The state that a filter asks for; null for all.</summary>
    public static CampaignState? ToStored(this V1.CampaignState state) =>
        state == V1.CampaignState.Unspecified ? null : Enum.Parse<CampaignState>(state.ToString());

    /// <summary>The sources of a campaign's parameters as its row keeps them.</summary>
    public static string ToStored(this IDictionary<string, ParameterSource> parameters) => CampaignParameters.Of(
        parameters.Select(entry => KeyValuePair.Create(entry.Key, new CampaignParameter(
            entry.Value.SourceCase == ParameterSource.SourceOneofCase.Literal ? entry.Value.Literal : null,
            entry.Value.SourceCase == ParameterSource.SourceOneofCase.Attribute ? entry.Value.Attribute : null,
            entry.Value.Fallback.Length == 0 ? null : entry.Value.Fallback)))).ToJson();

    public static CampaignReport ToProto(this CampaignReportRow row, string campaign, DateTimeOffset asOf)
    {
        long Count(MessageState state) => row.ByState.GetValueOrDefault(state);
        var report = new CampaignReport
        {
            Campaign = campaign,
            RecipientCount = row.Recipients,
            QueuedCount = Count(MessageState.Queued),
            InFlightCount = Count(MessageState.Claimed),
            AcceptedCount = Count(MessageState.Accepted),
            SentCount = Count(MessageState.Sent),
            DeliveredCount = Count(MessageState.Delivered),
            ReadCount = Count(MessageState.Read),
            FailedCount = Count(MessageState.Failed),
            SuppressedCount = Count(MessageState.Suppressed),
            ExpiredCount = Count(MessageState.Expired),
            CancelledCount = Count(MessageState.Cancelled),
            UnknownCount = Count(MessageState.Unknown),
            SentTotal = row.SentTotal,
            DeliveredTotal = row.DeliveredTotal,
            ReadTotal = row.ReadTotal,
            OptedOutCount = row.OptedOut,
            AsOfTime = asOf.ToProto(),
        };
        report.SuppressedByReason.AddRange(
            from entry in row.SuppressedByReason
            orderby entry.Value descending, entry.Key
            select new SuppressedCount { Reason = entry.Key.ToProto(), Count = entry.Value });
        report.FailedByCode.AddRange(
            from entry in row.FailedByCode
            orderby entry.Value descending, entry.Key
            select new FailedCount { Code = entry.Key, Title = MessageMapping.TitleOf(entry.Key), Count = entry.Value });
        return report;
    }

    private static ParameterSource ToProto(this CampaignParameter parameter)
    {
        var source = new ParameterSource { Fallback = parameter.Fallback ?? "" };
        if (parameter.Literal is { } literal)
            source.Literal = literal;
        else
            source.Attribute = parameter.Attribute ?? "";
        return source;
    }

    private static string ActorName(TenantId tenant, string actor)
    {
        if (actor.StartsWith(KeyActor, StringComparison.Ordinal) && ApiKeyId.TryParse(actor[KeyActor.Length..], out var key))
            return ApiKeyName.Format(tenant.Value, key.Value);
        return actor.StartsWith(OwnerActor, StringComparison.Ordinal) && OwnerId.TryParse(actor[OwnerActor.Length..], out var owner)
            ? OwnerName.Format(tenant.Value, owner.Value)
            : "";
    }
}
