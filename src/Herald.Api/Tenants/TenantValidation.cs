using Herald.Api.Errors;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Consents.Keywords;

namespace Herald.Api.Tenants;

/// <summary>The rules of tenants, keys and settings that the contract states.</summary>
internal static class TenantValidation
{
    private const int NameMax = 100;
    private const int KeywordsMax = 100;
    private const int KeywordMax = 64;

    /// <summary>The fields of a tenant, or those of them that a mask names.</summary>
    public static void Check(this Violations violations, string path, Tenant tenant, Func<string, bool> isWritten)
    {
        if (isWritten("display_name"))
            violations.Text($"{path}.display_name", tenant.DisplayName, NameMax);
        if (isWritten("time_zone"))
            violations.TimeZone($"{path}.time_zone", tenant.TimeZone);
        if (isWritten("default_region"))
            violations.Region($"{path}.default_region", tenant.DefaultRegion);
        if (isWritten("language"))
            violations.Language($"{path}.language", tenant.Language);
    }

    /// <summary>A new key.</summary>
    public static void Check(this Violations violations, string path, ApiKey key)
    {
        violations.Text($"{path}.display_name", key.DisplayName, NameMax);
        if (key.Scopes.Count == 0)
            violations.Add($"{path}.scopes", Rules.Required, "At least one scope is required.");
        for (var i = 0; i < key.Scopes.Count; i++)
        {
            if (key.Scopes[i] == ApiKeyScope.Unspecified)
                violations.Add($"{path}.scopes[{i}]", Rules.Required, "UNSPECIFIED is not a scope.");
            else if (key.Scopes.IndexOf(key.Scopes[i]) != i)
                violations.Add($"{path}.scopes[{i}]", Rules.Duplicate, "Each scope is given once.");
        }
    }

    /// <summary>Settings as they shall be.</summary>
    public static void Check(this Violations violations, string path, Grains.Tenants.TenantSettings settings)
    {
        var stops = CheckWords(violations, $"{path}.stop_keywords", settings.StopKeywords, []);
        CheckWords(violations, $"{path}.start_keywords", settings.StartKeywords, stops);
    }

    private static HashSet<string> CheckWords(Violations violations, string path, List<string> words, HashSet<string> taken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (words.Count > KeywordsMax)
            violations.Add(path, Rules.TooLong, $"At most {KeywordsMax} words are kept.");
        for (var i = 0; i < Math.Min(words.Count, KeywordsMax); i++)
        {
            var item = $"{path}[{i}]";
            var normalized = words[i].Length <= KeywordMax ? KeywordNormalizer.Normalize(words[i]) : words[i];
            if (words[i].Length > KeywordMax)
                violations.Add(item, Rules.TooLong, $"A word may have at most {KeywordMax} characters.");
            else if (normalized.Length == 0)
                violations.Add(item, Rules.Required, "A word holds at least one letter or digit.");
            else if (taken.Contains(normalized) || !seen.Add(normalized))
                violations.Add(item, Rules.Duplicate, "A word stands in one of the two lists, once.");
        }
        return seen;
    }
}
