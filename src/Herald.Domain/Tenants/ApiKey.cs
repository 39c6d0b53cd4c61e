namespace Herald.Domain.Tenants;

/// <summary>A key as its holder knows it. <see cref="ToString"/> hides the secret; only <see cref="ToText"/> gives it.</summary>
/// <param name="Id">The public part, by which the stored key is found.</param>
/// <param name="Secret">The secret part; Herald stores only its hash.</param>
public sealed record ApiKey(ApiKeyId Id, string Secret)
{
    /// <summary>The whole key, <c>hk_&lt;id&gt;_&lt;secret&gt;</c>: shown once, when it is made.</summary>
    public string ToText() => $"{ApiKeyFormat.Prefix}{Id.Value:N}_{Secret}";

    /// <summary>The key without its secret.</summary>
    public override string ToString() => $"{ApiKeyFormat.Prefix}{Id.Value:N}_…";
}
