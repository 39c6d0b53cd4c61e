namespace Herald.WhatsApp.Messages;

/// <summary>A place on the map.</summary>
/// <param name="Latitude">Degrees, -90 to 90.</param>
/// <param name="Longitude">Degrees, -180 to 180.</param>
public sealed record LocationContent(double Latitude, double Longitude) : MessageContent
{
    /// <summary>What the place is called, at most 256 code points, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Its address, at most 512 code points, or null; shown only with a name.</summary>
    public string? Address { get; init; }
}
