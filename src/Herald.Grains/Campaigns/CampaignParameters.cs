using System.Collections.Frozen;
using System.Text.Json;

namespace Herald.Grains.Campaigns;

/// <summary>
/// Where the values of a campaign's template variables come from, as the column <c>campaigns.parameters</c> keeps it: a JSON object from
/// the variable's key (<c>body.1</c>, <c>header.name</c>, <c>button.0</c>) to its <see cref="CampaignParameter"/>.
/// </summary>
public sealed class CampaignParameters
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private CampaignParameters(FrozenDictionary<string, CampaignParameter> byKey) => ByKey = byKey;

    /// <summary>The sources by variable key.</summary>
    public IReadOnlyDictionary<string, CampaignParameter> ByKey { get; }

    /// <summary>Makes the set from its entries.</summary>
    public static CampaignParameters Of(IEnumerable<KeyValuePair<string, CampaignParameter>> entries) =>
        new(entries.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such JSON.</exception>
    public static CampaignParameters Parse(string json)
    {
        try
        {
            return Of(JsonSerializer.Deserialize<Dictionary<string, CampaignParameter>>(json, Json) ?? []);
        }
        catch (JsonException)
        {
            throw new FormatException("A campaign's stored parameters are not JSON.");
        }
    }

    /// <summary>Writes the column's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(ByKey, Json);
}
