namespace Herald.Simulator;

/// <summary>A file that a business uploaded, without its bytes.</summary>
/// <param name="Id">The media id.</param>
/// <param name="MimeType">As it was uploaded, <c>image/jpeg</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of the bytes in lower-case hex.</param>
internal sealed record StoredMedia(string Id, string MimeType, long Size, string Sha256);
