using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>A business phone number of a tenant as stored.</summary>
public sealed record class SenderRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The sender.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>What it is for; never changes.</summary>
    public required SenderKind Kind { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SenderState State { get; init; }

    /// <summary>Why it is in that state, for people; empty when there is nothing to say.</summary>
    public required string StateReason { get; init; }

    /// <summary>Meta's id of the WhatsApp business account.</summary>
    public required string WabaId { get; init; }

    /// <summary>Meta's id of the number; unique over all tenants.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The number as Meta shows it, such as "+1 650-555-1234".</summary>
    public required string DisplayPhoneNumber { get; init; }

    /// <summary>The business name that Meta verified; may be empty.</summary>
    public required string VerifiedName { get; init; }

    /// <summary>Meta's quality rating as it was last reported, such as "GREEN"; empty when unknown.</summary>
    public required string QualityRating { get; init; }

    /// <summary>The pace that Meta allows; 20, 80 or 1,000.</summary>
    public required int MessagesPerSecond { get; init; }

    /// <summary>When Meta last announced that it raised the pace; null if it never did. Whoever owns the sender asks for the level after it.</summary>
    public DateTimeOffset? LevelNewsTime { get; init; }

    /// <summary>The business portfolio whose limit it shares, see <see cref="Portfolios.PortfolioRow"/>; null when not known.</summary>
    public string? PortfolioId { get; init; }

    /// <summary>The access token, encrypted by the caller; null before the number is connected.</summary>
    public required byte[]? TokenCipher { get; init; }

    /// <summary>Since when it is in its state; null when that was before it was kept. Only read: an update that changes the state sets it.</summary>
    public DateTimeOffset? StateTime { get; init; }

    /// <summary>When to look whether it can send again; null when that is not looked at, as in all states but Throttled and Restricted.</summary>
    public DateTimeOffset? CheckTime { get; init; }

    /// <summary>Whether it sends no marketing until it is Active again. Kept while it is Throttled only: an update to another state ends it.</summary>
    public bool IsMarketingStopped { get; init; }

    /// <summary>The countries to which its account may send nothing for now.</summary>
    public ClosedCountries ClosedCountries { get; init; } = ClosedCountries.None;

    /// <summary>How often it was stopped, or found not to be able to send, in a row; makes the waits grow.</summary>
    public int CheckCount { get; init; }

    /// <summary>1 when inserted, one more with each update.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}
