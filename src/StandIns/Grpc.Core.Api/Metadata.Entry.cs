using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value. It cannot be changed.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>Makes an entry with bytes.</summary>
        /// <param name="key">The key, of letters, digits, underscores, hyphens and dots; it must end in <c>-bin</c>. It is put into lower case.</param>
        /// <param name="valueBytes">The bytes; they are copied.</param>
        /// <exception cref="ArgumentException">The key is not of that form.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalise(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"The key of an entry with bytes must end in {BinaryHeaderSuffix}.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _bytes = [.. valueBytes];
        }

        /// <summary>Makes an entry with text.</summary>
        /// <param name="key">The key, of letters, digits, underscores, hyphens and dots; it must not end in <c>-bin</c>. It is put into lower case.</param>
        /// <param name="value">The text, which travels as ASCII.</param>
        /// <exception cref="ArgumentException">The key is not of that form.</exception>
        public Entry(string key, string value)
        {
            Key = Normalise(key);
            if (IsBinary)
            {
                throw new ArgumentException($"The key of an entry with text must not end in {BinaryHeaderSuffix}.", nameof(key));
            }

            _text = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes, which is so when the key ends in <c>-bin</c>.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
        public string Value => _text ?? throw new InvalidOperationException("The entry holds bytes and has no text.");

        /// <summary>A copy of the bytes; for an entry with text, its ASCII bytes.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : [.. _bytes];

        /// <summary>Shows key and value; bytes are shown as base64.</summary>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_bytes!)}]"
            : $"[Entry: key={Key}, value={_text}]";

        internal bool HasKey(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        private static string Normalise(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var normalised = ToLowerAscii(key);
            if (normalised.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException(
                    "A metadata key consists of ASCII letters, digits, underscores, hyphens and dots.",
                    nameof(key));
            }

            return normalised;
        }

        // Other letters stay as they are, so that they are refused and not folded into ASCII.
        private static string ToLowerAscii(string key) => string.Create(key.Length, key, static (lower, original) =>
        {
            for (var i = 0; i < lower.Length; i++)
            {
                lower[i] = char.IsAsciiLetterUpper(original[i]) ? (char)(original[i] | 0x20) : original[i];
            }
        });
    }
}
