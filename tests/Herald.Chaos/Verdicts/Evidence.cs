using System.Globalization;
using Dapper;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Messages.V1;
using Herald.Simulator;
using Npgsql;

namespace Herald.Chaos.Verdicts;

/// <summary>What all parties say at the end: the database, gRPC, and the simulated WhatsApp, which has its own count.</summary>
internal sealed record Evidence
{
    private const string CallbackPrefix = "herald:";

    private const string MessagesSql =
        """
        SELECT message_id AS messageid, campaign_id AS campaignid, state, error_code AS errorcode, error_detail AS errordetail
        FROM messages WHERE tenant_id = @Tenant
        """;

    private const string AttemptsSql =
        """
        SELECT message_id AS messageid, attempt, node, start_time AS startmicros, end_time AS endmicros, outcome
        FROM message_attempts WHERE tenant_id = @Tenant ORDER BY message_id, attempt
        """;

    // Message states 10, 20 and 30 are Queued, Claimed and Accepted; inbox state 2 is done.
    private const string OpenSql =
        """
        SELECT (SELECT COUNT(*) FROM messages WHERE state IN (10, 20, 30)) + (SELECT COUNT(*) FROM webhook_inbox WHERE state <> 2)
        """;

    private const string SlowestSql = "SELECT COALESCE(MAX(done_time - receive_time), 0) FROM webhook_inbox WHERE state = 2";

    private const string ConsentsSql =
        """
        SELECT action, source, event_time AS eventmicros, record_time AS recordmicros
        FROM consent_events
        WHERE tenant_id = @Tenant AND contact_id = (SELECT contact_id FROM messages WHERE tenant_id = @Tenant AND message_id = @Message)
        ORDER BY record_time
        """;

    private const string DeliveriesSql = "SELECT COUNT(*) FROM webhook_inbox WHERE state <> 2";

    public required IReadOnlyDictionary<Guid, StoredMessage> Messages { get; init; }

    /// <summary>Each message's attempts, in order.</summary>
    public required ILookup<Guid, StoredAttempt> Attempts { get; init; }

    /// <summary>Webhook deliveries that were acknowledged and never processed.</summary>
    public required long UnprocessedDeliveries { get; init; }

    /// <summary>The longest time from a delivery's acknowledgement until it was processed.</summary>
    public required TimeSpan SlowestDelivery { get; init; }

    /// <summary>Each marketing message that came after a STOP, with its whole story.</summary>
    public required IReadOnlyList<string> SentAfterStop { get; init; }

    /// <summary>The reports over gRPC, in the order of the campaigns.</summary>
    public required IReadOnlyList<CampaignReport> Reports { get; init; }

    public required IReadOnlyList<Campaign> Campaigns { get; init; }

    /// <summary>The messages that gRPC lists as UNKNOWN.</summary>
    public required IReadOnlyList<Message> ListedUnknown { get; init; }

    public required SimulatorState WhatsApp { get; init; }

    public required IReadOnlyList<SendRecord> Sends { get; init; }

    /// <summary>When a message was received first, by its id.</summary>
    public required IReadOnlyDictionary<Guid, SendRecord> Received { get; init; }

    public static async Task<long> CountOpenAsync(ChaosWorld world, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(OpenSql, cancellationToken: ct));
    }

    public static async Task<Evidence> GatherAsync(ChaosWorld world, CancellationToken ct)
    {
        using var partner = world.Ask();
        var tenant = new { Tenant = Guid.Parse(partner.Tenant.Split('/')[1]) };
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        var messages = await connection.QueryAsync<StoredMessage>(new CommandDefinition(MessagesSql, tenant, cancellationToken: ct));
        var attempts = await connection.QueryAsync<StoredAttempt>(new CommandDefinition(AttemptsSql, tenant, cancellationToken: ct));
        var sends = world.Simulator.Control.GetSends();
        var late = new List<string>();
        foreach (var send in world.Simulator.Control.GetSendsAfterStop())
            late.Add(await TellAsync(connection, tenant.Tenant, send));
        return new Evidence
        {
            Messages = messages.ToDictionary(message => message.MessageId),
            Attempts = attempts.ToLookup(attempt => attempt.MessageId),
            UnprocessedDeliveries = await connection.ExecuteScalarAsync<long>(new CommandDefinition(DeliveriesSql, cancellationToken: ct)),
            SlowestDelivery = TimeSpan.FromMicroseconds(await connection.ExecuteScalarAsync<long>(new CommandDefinition(SlowestSql, cancellationToken: ct))),
            SentAfterStop = late,
            Reports = await ForEachAsync(world.Campaigns, name => partner.GetReportAsync(name, ct)),
            Campaigns = await ForEachAsync(world.Campaigns, name => partner.GetCampaignAsync(name, ct)),
            ListedUnknown = await partner.ListMessagesAsync(MessageState.Unknown, ct),
            WhatsApp = world.Simulator.Control.GetState(),
            Sends = sends,
            Received = sends.Where(send => send.CallbackData is not null)
                .DistinctBy(send => send.CallbackData)
                .ToDictionary(IdOf),
        };
    }

    private static Guid IdOf(SendRecord send) => Guid.Parse(send.CallbackData![CallbackPrefix.Length..]);

    private static async Task<string> TellAsync(NpgsqlConnection connection, Guid tenant, SendAfterStop late)
    {
        var key = new { Tenant = tenant, Message = IdOf(late.Send) };
        var attempts = (await connection.QueryAsync<StoredAttempt>(AttemptsSql, key)).Where(attempt => attempt.MessageId == key.Message);
        var consents = await connection.QueryAsync<StoredConsent>(ConsentsSql, key);
        return string.Create(CultureInfo.InvariantCulture,
            $"{key.Message} to {late.Send.Phone} at {late.Send.Time:HH:mm:ss.fff}, acknowledged at {late.Send.Time - late.SinceAcknowledged:HH:mm:ss.fff}; ")
            + string.Join("; ", attempts.Select(attempt => attempt.ToString()).Concat(consents.Select(consent => consent.ToString())));
    }

    private static async Task<IReadOnlyList<T>> ForEachAsync<T>(IReadOnlyList<string> names, Func<string, Task<T>> read)
    {
        var all = new List<T>(names.Count);
        foreach (var name in names)
            all.Add(await read(name));
        return all;
    }
}
