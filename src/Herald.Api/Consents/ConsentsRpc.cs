using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Consents.V1;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Tenants;
using Orleans;
using ConsentAction = Herald.Contracts.Consents.V1.ConsentAction;
using ConsentPurpose = Herald.Contracts.Consents.V1.ConsentPurpose;
using ConsentSource = Herald.Domain.Consents.ConsentSource;

namespace Herald.Api.Consents;

/// <summary>Serves <c>herald.consents.v1.ConsentsService</c>.</summary>
internal sealed class ConsentsRpc(
    IConsentStore consents, IContactStore contacts, ISenderStore senders, IGrainFactory grains, TimeProvider time)
    : ConsentsService.ConsentsServiceBase
{
    public override async Task<RecordConsentResponse> RecordConsent(RecordConsentRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var contact = call.ContactName("parent", request.Parent);
        var sender = call.Optional("sender", request.Sender, CallNames.SenderName);
        var now = time.StoredNow();
        Check(call.Violations, request, now);
        call.ThrowIfInvalid();
        _ = await contacts.GetAsync(call.Tenant, contact, call.Ct) ?? throw ApiErrors.NotFound(request.Parent);
        if (sender is { } scope && await senders.GetAsync(call.Tenant, scope, call.Ct) is null)
            throw ApiErrors.NotFound(request.Sender);
        var evidence = request.Evidence ?? new ConsentEvidence();
        var action = (Domain.Consents.ConsentAction)(int)request.Action;
        var eventTime = request.EventTime?.ToStored() ?? now;
        var eventId = new ConsentEventId(call.ResourceId);
        var result = await grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(call.Tenant, contact)).Record(new RecordConsent
        {
            Purpose = (int)request.Purpose,
            Action = (int)request.Action,
            Sender = sender?.Value,
            Source = (int)ConsentSource.Api,
            EvidenceKey = $"api:{call.RequestId}",
            Evidence = ConsentMapping.WriteEvidence(evidence.Wording, evidence.Origin, evidence.PolicyVersion),
            Actor = call.Caller.Actor,
            EventTime = Micros.ToTime(ConsentRules.EventTimeMicros(eventTime, now, action, isWholeSeconds: false)),
            EventId = eventId.Value,
        });
        if (result.ContactAbsent)
            throw ApiErrors.NotFound(request.Parent);
        return new RecordConsentResponse
        {
            ConsentEvent = (await ReadEventAsync(call, contact, eventId)).ToProto(),
            Consent = (await consents.GetAsync(call.Tenant, contact, call.Ct)).ToProto(call.Tenant, contact),
            SuppressedMessageCount = result.Suppressed,
        };
    }

    public override async Task<GetConsentResponse> GetConsent(GetConsentRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var contact = call.ConsentName("name", request.Name);
        call.ThrowIfInvalid();
        var rows = await consents.GetAsync(call.Tenant, contact, call.Ct);
        // The ledger outlives the contact; without either there never was such a person.
        if (rows.Count == 0 && await contacts.GetAsync(call.Tenant, contact, call.Ct) is null)
            throw ApiErrors.NotFound(request.Name);
        return new GetConsentResponse { Consent = rows.ToProto(call.Tenant, contact) };
    }

    public override async Task<ListConsentEventsResponse> ListConsentEvents(ListConsentEventsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var contact = call.ContactName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken, request.Parent);
        call.ThrowIfInvalid();
        var rows = await consents.ListEventsAsync(
            call.Tenant, contact, page.After is { } after ? new ConsentEventId(after) : null, page.ReadSize, call.Ct);
        if (rows.Count == 0 && await contacts.GetAsync(call.Tenant, contact, call.Ct) is null)
            throw ApiErrors.NotFound(request.Parent);
        var (items, next) = page.Cut(rows, row => row.EventId.Value);
        return new ListConsentEventsResponse { ConsentEvents = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    private async Task<ConsentEventRow> ReadEventAsync(Call call, ContactId contact, ConsentEventId id)
    {
        var rows = await consents.ListEventsAsync(call.Tenant, contact, new ConsentEventId(Neighbours.After(id.Value)), 1, call.Ct);
        return rows is [var row] && row.EventId == id
            ? row
            : throw new InvalidOperationException($"The consent event {id} was recorded and is not in the ledger.");
    }

    private static void Check(Violations violations, RecordConsentRequest request, DateTimeOffset now)
    {
        violations.Required("purpose", request.Purpose);
        violations.Required("action", request.Action);
        if (request.Sender.Length > 0 && request.Purpose != ConsentPurpose.Marketing)
            violations.Add("sender", Rules.NotAllowed, "A single sender is possible with the purpose MARKETING only.");
        if (request.EventTime is { } eventTime)
            violations.EventTime("event_time", eventTime.ToStored(), now);
        if (request.Evidence is { } evidence)
        {
            violations.OptionalText("evidence.wording", evidence.Wording, ConsentValidation.WordingMax);
            violations.OptionalText("evidence.origin", evidence.Origin, ConsentValidation.OriginMax);
            violations.OptionalText("evidence.policy_version", evidence.PolicyVersion, ConsentValidation.PolicyVersionMax);
        }
        if (request.Action == ConsentAction.Grant
            && string.IsNullOrWhiteSpace(request.Evidence?.Wording) && string.IsNullOrWhiteSpace(request.Evidence?.Origin))
        {
            violations.Add("evidence", Rules.Required, "A grant needs evidence with a wording or an origin.");
        }
    }
}
