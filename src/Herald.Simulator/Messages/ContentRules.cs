using System.Globalization;
using System.Text.Json;

namespace Herald.Simulator;

/// <summary>What media, locations and reactions must look like. Lengths are in Unicode code points.</summary>
internal static class ContentRules
{
    private const int CaptionMax = 1024;
    private static readonly TimeSpan ReactionAgeMax = TimeSpan.FromDays(30);

    /// <summary>Exactly one of a known id and an address, and a caption only where the phone shows one.</summary>
    /// <param name="holder">The object that has the media as a member: the request, or an interactive message's header.</param>
    /// <param name="type">The name of that member.</param>
    /// <param name="waba">The account whose uploads may be sent.</param>
    public static GraphError? CheckMedia(JsonElement holder, string type, Waba waba)
    {
        if (holder.Member(type) is not { } media)
        {
            return GraphErrors.ParameterRequired(type);
        }

        var (id, link) = (media.Text("id"), media.Text("link"));
        return (id, link) switch
        {
            (null, null) => MessageErrors.Missing($"{type}: one of id and link is required."),
            (not null, not null) => MessageErrors.Value($"{type}: only one of id and link may be given."),
            (not null, _) when !waba.Media.ContainsKey(id) => MessageErrors.Value($"{type}['id'] is not a valid media id."),
            (_, not null) when !Uri.TryCreate(link, UriKind.Absolute, out _) => GraphErrors.ParameterType($"{type}['link']", "a valid URI"),
            _ => CheckCaption(media, type),
        };
    }

    /// <summary>Whether the file cannot be fetched or does not fit, which Meta finds out only after it has taken the message.</summary>
    public static bool FailsLater(JsonElement root, string type, Waba waba) =>
        MediaKinds.Has(type) && root.Member(type) is { } media
        && (media.Text("id") is { } id && waba.Media.TryGetValue(id, out var stored) ? !MediaKinds.Fits(type, stored.MimeType) : !CanBeFetched(media.Text("link")));

    public static GraphError? CheckLocation(JsonElement root) =>
        root.Member("location") is not { } location ? GraphErrors.ParameterRequired("location")
        : CheckDegrees(location, "latitude", 90) ?? CheckDegrees(location, "longitude", 180);

    /// <summary>The shape of a reaction; whether there is such a message is asked when the person is known.</summary>
    public static GraphError? CheckReaction(JsonElement root) =>
        root.Member("reaction") is not { } reaction ? GraphErrors.ParameterRequired("reaction")
        : string.IsNullOrEmpty(reaction.Text("message_id")) ? GraphErrors.ParameterRequired("reaction['message_id']")
        : reaction.Text("emoji") is null ? GraphErrors.ParameterRequired("reaction['emoji']")
        : null;

    /// <summary>A reaction goes to a message that this person wrote to this number within 30 days.</summary>
    public static GraphError? CheckReactionTarget(InboundUpdate? target, Person person, BusinessNumber number, DateTimeOffset now) =>
        target is null || target.Person != person || target.Number != number || now - target.Time > ReactionAgeMax
            ? MessageErrors.Value("Message ID is invalid.")
            : null;

    private static GraphError? CheckCaption(JsonElement media, string type) =>
        media.Text("caption") is not { } caption ? null
        : type is "audio" or "sticker" ? GraphErrors.Invalid($"Unexpected key \"caption\" on param \"{type}\".")
        : caption.CodePoints() > CaptionMax ? GraphErrors.ParameterTooLong($"{type}['caption']", CaptionMax)
        : null;

    private static GraphError? CheckDegrees(JsonElement location, string name, double max)
    {
        if (location.TryGetProperty(name, out var value) is false)
        {
            return GraphErrors.ParameterRequired($"location['{name}']");
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= max
            ? null
            : MessageErrors.Value($"location['{name}'] must be between -{max} and {max}.");
    }

    /// <summary>Meta fetches over HTTPS only; names under <c>.invalid</c> never resolve (RFC 2606).</summary>
    private static bool CanBeFetched(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
        && !address.Host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase);
}
