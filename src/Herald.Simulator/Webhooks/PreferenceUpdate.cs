namespace Herald.Simulator;

/// <summary>A person used WhatsApp's own stop or resume of marketing.</summary>
internal sealed class PreferenceUpdate(BusinessNumber number, Person person, bool stop, DateTimeOffset time) : NumberUpdate(number, person)
{
    public override string Field => "user_preferences";

    public override string ItemsName => "user_preferences";

    public Action<long, DateTimeOffset>? OnAcknowledged { get; init; }

    public override void Acknowledged(long order, DateTimeOffset time) => OnAcknowledged?.Invoke(order, time);

    public override void WriteItem(MetaJson json, bool userIds)
    {
        json.Open('{').Member("wa_id", Person.Phone);
        if (userIds)
        {
            json.Member("user_id", Person.UserId);
        }

        json.Member("detail", stop ? "User requested to stop marketing messages" : "User requested to resume marketing messages")
            .Member("category", "marketing_messages")
            .Member("value", stop ? "stop" : "resume")
            .Member("timestamp", time.ToUnixTimeSeconds())
            .Close('}');
    }
}
