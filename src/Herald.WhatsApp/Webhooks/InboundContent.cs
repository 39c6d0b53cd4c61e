namespace Herald.WhatsApp.Webhooks;

/// <summary>
/// What a person wrote or tapped: an <see cref="InboundText"/>, an <see cref="InboundTemplateButton"/>, an <see cref="InboundButtonReply"/>, an
/// <see cref="InboundListReply"/> or an <see cref="InboundOther"/>.
/// </summary>
public abstract record InboundContent
{
    private protected InboundContent()
    {
    }

    /// <summary>The kind only.</summary>
    /// <returns>The type's name.</returns>
    public sealed override string ToString() => GetType().Name;
}
