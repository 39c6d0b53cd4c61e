namespace Herald.WhatsApp.Accounts;

/// <summary>What Meta says of a token.</summary>
/// <param name="IsValid">Whether it can be used.</param>
public sealed record TokenInfo(bool IsValid)
{
    /// <summary>The app it was issued for, or null.</summary>
    public string? AppId { get; init; }

    /// <summary>SYSTEM_USER, USER and others, or null.</summary>
    public string? Type { get; init; }

    /// <summary>When it ends; null if it never does or Meta does not say.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>What it may do, such as whatsapp_business_messaging.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>For which nodes each scope holds; ids of accounts.</summary>
    public IReadOnlyList<GranularScope> GranularScopes { get; init; } = [];

    /// <summary>Meta's code of what is wrong with it, or null.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Meta's subcode of what is wrong with it, or null.</summary>
    public int? ErrorSubcode { get; init; }

    /// <summary>Whether a scope holds for a node.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="targetId">Id of the node.</param>
    /// <returns>True if Meta lists the scope for the node, or for all nodes.</returns>
    public bool Allows(string scope, string targetId)
    {
        foreach (var granular in GranularScopes)
        {
            if (granular.Scope == scope && (granular.TargetIds.Count == 0 || granular.TargetIds.Contains(targetId))) return true;
        }

        return false;
    }
}
