namespace Herald.Simulator;

/// <summary>A number's limits or standing changed.</summary>
internal sealed class NumberQualityUpdate(BusinessNumber number, string @event, DateTimeOffset time) : AccountUpdate(number.Waba, time)
{
    public override string Field => "phone_number_quality_update";

    public override void WriteValue(MetaJson json) =>
        json.Open('{')
            .Member("display_phone_number", number.Phone)
            .Member("event", @event)
            .Member("max_daily_conversations_per_business", "TIER_UNLIMITED")
            .Close('}');
}
