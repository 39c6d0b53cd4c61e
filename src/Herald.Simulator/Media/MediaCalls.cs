using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Herald.Simulator;

/// <summary>Graph calls about media: upload, look up, delete. The bytes are not kept, so there is nothing to download.</summary>
internal sealed class MediaCalls(SimulatedWorld world)
{
    private const string AnyType = "application/octet-stream";
    private long _count;

    public async Task<GraphReply> UploadAsync(Waba waba, GraphCall call)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        (string MimeType, byte[] Bytes)? file = null;
        if (Boundary(call.ContentType) is not { } boundary)
        {
            return GraphErrors.ParameterRequired("messaging_product");
        }

        var reader = new MultipartReader(boundary, new MemoryStream(call.Request, writable: false));
        try
        {
            while (await reader.ReadNextSectionAsync(call.Cancellation) is { } section)
            {
                if (section.AsFileSection() is { Name: "file", FileStream: { } content })
                {
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes, call.Cancellation);
                    file = (section.ContentType ?? AnyType, bytes.ToArray());
                }
                else if (section.AsFormDataSection() is { } field)
                {
                    fields[field.Name] = await field.GetValueAsync(call.Cancellation);
                }
            }
        }
        catch (IOException)
        {
            // A body that ends before its boundary says so.
            return GraphErrors.Invalid("The multipart body is malformed.");
        }

        return fields.GetValueOrDefault("messaging_product") != "whatsapp" ? GraphErrors.ParameterRequired("messaging_product")
            : file is not { } uploaded ? GraphErrors.ParameterRequired("file")
            : Store(waba, fields.GetValueOrDefault("type") ?? uploaded.MimeType, uploaded.Bytes);
    }

    public static GraphReply Get(StoredMedia media) => GraphReply.Of(new JsonObject
    {
        ["messaging_product"] = "whatsapp",
        ["mime_type"] = media.MimeType,
        ["sha256"] = media.Sha256,
        ["file_size"] = media.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["id"] = media.Id,
    });

    public static GraphReply Delete(Waba waba, StoredMedia media)
    {
        waba.Media.TryRemove(media.Id, out _);
        return GraphReply.Success;
    }

    private GraphReply Store(Waba waba, string mimeType, byte[] bytes)
    {
        var type = mimeType.Split(';')[0].Trim().Lowered();
        if (bytes.Length == 0 || bytes.Length > MediaKinds.SizeMax(type))
        {
            return GraphErrors.Invalid($"File size out of range: {bytes.Length} bytes, at most {MediaKinds.SizeMax(type)} for {type}.");
        }

        var id = SeededHash.NodeId(world.MessageSeed, "media", Interlocked.Increment(ref _count));
        waba.Media[id] = new StoredMedia(id, type, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return GraphReply.Of(new JsonObject { ["id"] = id });
    }

    private static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
}
