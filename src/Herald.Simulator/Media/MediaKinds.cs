namespace Herald.Simulator;

/// <summary>Which files go as which kind of message, and how large they may be.</summary>
internal static class MediaKinds
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    /// <summary>Whether a message of that type carries media.</summary>
    public static bool Has(string type) => type is "audio" or "document" or "image" or "sticker" or "video";

    /// <summary>Whether the file may go as a message of that type; any file is a document.</summary>
    public static bool Fits(string type, string mimeType) => type switch
    {
        "image" => mimeType is "image/jpeg" or "image/png",
        "video" => mimeType is "video/mp4" or "video/3gpp",
        "audio" => mimeType is "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg",
        "sticker" => mimeType is "image/webp",
        _ => true,
    };

    /// <summary>The largest upload of a type of file, in bytes.</summary>
    public static long SizeMax(string mimeType) => mimeType switch
    {
        "image/jpeg" or "image/png" => 5 * Megabyte,
        "image/webp" => 500 * Kilobyte,
        "video/mp4" or "video/3gpp" or "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" => 16 * Megabyte,
        _ => 100 * Megabyte,
    };
}
