namespace Herald.Simulator;

/// <summary>One thing to tell by webhook.</summary>
internal abstract class WebhookUpdate(Waba waba)
{
    public Waba Waba => waba;

    /// <summary>The <c>field</c> of the change.</summary>
    public abstract string Field { get; }

    /// <summary>Called once, when a receiver answered 200. The order is the place among all requests and acknowledgements.</summary>
    public virtual void Acknowledged(long order, DateTimeOffset time)
    {
    }
}

/// <summary>An update of a phone number: its value has metadata, contacts and one array of items.</summary>
internal abstract class NumberUpdate(BusinessNumber number, Person person) : WebhookUpdate(number.Waba)
{
    public BusinessNumber Number => number;

    public Person Person => person;

    /// <summary>Name of the array: <c>messages</c>, <c>statuses</c> or <c>user_preferences</c>.</summary>
    public abstract string ItemsName { get; }

    /// <summary>Whether the person's contact stands beside the item.</summary>
    public virtual bool HasContact => true;

    public abstract void WriteItem(MetaJson json, bool userIds);
}

/// <summary>An update of the account: its value is its own, and its entry carries a time.</summary>
internal abstract class AccountUpdate(Waba waba, DateTimeOffset time) : WebhookUpdate(waba)
{
    public DateTimeOffset Time => time;

    public abstract void WriteValue(MetaJson json);
}
