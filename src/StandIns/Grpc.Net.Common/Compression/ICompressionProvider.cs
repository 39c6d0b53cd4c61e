using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages and undoes it.</summary>
public interface ICompressionProvider
{
    /// <summary>The name in the <c>grpc-encoding</c> header.</summary>
    string EncodingName { get; }

    /// <summary>Makes a stream that compresses what is written to it; disposing of it leaves the other stream open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">How hard to try, or null for the provider's default.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Makes a stream from which the original bytes are read.</summary>
    /// <param name="stream">Where the compressed bytes come from.</param>
    Stream CreateDecompressionStream(Stream stream);
}
