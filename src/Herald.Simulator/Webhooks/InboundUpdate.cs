using System.Globalization;

namespace Herald.Simulator;

/// <summary>What a person wrote or tapped.</summary>
internal sealed class InboundUpdate(BusinessNumber number, Person person, string wamid, DateTimeOffset time, InboundContent content)
    : NumberUpdate(number, person)
{
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Time => time;

    public override string Field => "messages";

    public override string ItemsName => "messages";

    /// <summary>Done when a receiver has acknowledged it.</summary>
    public Task WhenAcknowledged => _acknowledged.Task;

    /// <summary>Called when it is acknowledged, before <see cref="WhenAcknowledged"/> completes.</summary>
    public Action<long, DateTimeOffset>? OnAcknowledged { get; init; }

    public override void Acknowledged(long order, DateTimeOffset time)
    {
        OnAcknowledged?.Invoke(order, time);
        _acknowledged.TrySetResult();
    }

    public override void WriteItem(MetaJson json, bool userIds)
    {
        json.Open('{');
        if (content.ContextId is { } context)
        {
            json.Name("context").Open('{').Member("from", Number.Phone).Member("id", context).Close('}');
        }

        json.Member("from", Person.Phone);
        if (userIds)
        {
            json.Member("from_user_id", Person.UserId);
        }

        json.Member("id", wamid).Member("timestamp", time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)).Member("type", content.Type);
        content.Write(json);
        json.Close('}');
    }
}

/// <summary>The kind-specific part of an inbound message.</summary>
internal abstract record InboundContent(string Type, string? ContextId)
{
    public abstract void Write(MetaJson json);
}

internal sealed record InboundText(string Body) : InboundContent("text", null)
{
    public override void Write(MetaJson json) => json.Name("text").Open('{').Member("body", Body).Close('}');
}

/// <summary>A tap on the quick reply of a template.</summary>
internal sealed record InboundButton(string Payload, string Text, string Context) : InboundContent("button", Context)
{
    public override void Write(MetaJson json) => json.Name("button").Open('{').Member("payload", Payload).Member("text", Text).Close('}');
}

/// <summary>A tap on a reply button or a list row.</summary>
internal sealed record InboundReply(string Kind, string Id, string Title, string? Description, string Context) : InboundContent("interactive", Context)
{
    public override void Write(MetaJson json)
    {
        json.Name("interactive").Open('{').Member("type", Kind).Name(Kind).Open('{').Member("id", Id).Member("title", Title);
        if (Description is not null)
        {
            json.Member("description", Description);
        }

        json.Close('}').Close('}');
    }
}
