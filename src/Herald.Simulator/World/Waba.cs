using System.Collections.Concurrent;

namespace Herald.Simulator;

/// <summary>A WhatsApp business account: its name, subscription, templates and uploads.</summary>
internal sealed class Waba(SimulatedBusiness business)
{
    private volatile WebhookTarget? _override;

    public string Id => business.WabaId;

    public string Name => business.Name;

    public string BusinessId => business.BusinessId;

    /// <summary>Whether the app is subscribed; without it no webhook of this account is posted.</summary>
    public bool Subscribed { get; set; }

    public WebhookTarget? Override
    {
        get => _override;
        set => _override = value;
    }

    public TemplateShelf Templates { get; } = new();

    /// <summary>What was uploaded and not deleted since, by id.</summary>
    public ConcurrentDictionary<string, StoredMedia> Media { get; } = new(StringComparer.Ordinal);
}

/// <summary>Where webhooks go and which token the handshake carries.</summary>
internal sealed record WebhookTarget(Uri Url, string VerifyToken);
