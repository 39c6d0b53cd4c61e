using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>
/// Writes JSON in the bytes that Meta writes: ASCII only, other characters as <c>\uXXXX</c> in lower-case hex, and <c>/</c> as <c>\/</c>.
/// Signatures are over these bytes, so a receiver that re-serialises before it verifies is found out.
/// </summary>
internal sealed class MetaJson
{
    private readonly ArrayBufferWriter<byte> _buffer;
    private bool _needsComma;

    public MetaJson(int capacity)
    {
        _buffer = new ArrayBufferWriter<byte>(capacity);
    }

    public static byte[] Serialize(JsonNode node)
    {
        var json = new MetaJson(256);
        json.Node(node);
        return json.ToArray();
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public MetaJson Open(char bracket)
    {
        Separate();
        Raw(bracket);
        _needsComma = false;
        return this;
    }

    public MetaJson Close(char bracket)
    {
        Raw(bracket);
        _needsComma = true;
        return this;
    }

    public MetaJson Name(string name)
    {
        Quoted(name);
        Raw(':');
        _needsComma = false;
        return this;
    }

    public MetaJson String(string value)
    {
        Quoted(value);
        _needsComma = true;
        return this;
    }

    public MetaJson Member(string name, string value) => Name(name).String(value);

    public MetaJson Number(long value)
    {
        Separate();
        var span = _buffer.GetSpan(20);
        value.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        _buffer.Advance(written);
        _needsComma = true;
        return this;
    }

    public MetaJson Member(string name, long value) => Name(name).Number(value);

    public MetaJson Boolean(bool value) => Verbatim(value ? "true" : "false");

    public MetaJson Member(string name, bool value) => Name(name).Boolean(value);

    public void Node(JsonNode? node)
    {
        switch (node)
        {
            case null:
                Verbatim("null");
                break;
            case JsonObject members:
                Open('{');
                foreach (var (name, value) in members)
                {
                    Name(name).Node(value);
                }

                Close('}');
                break;
            case JsonArray items:
                Open('[');
                foreach (var item in items)
                {
                    Node(item);
                }

                Close(']');
                break;
            default:
                Value(node);
                break;
        }
    }

    private void Value(JsonNode node)
    {
        if (node.GetValueKind() == JsonValueKind.String)
        {
            String(node.GetValue<string>());
        }
        else
        {
            Verbatim(node.ToJsonString());
        }
    }

    private MetaJson Verbatim(string literal)
    {
        Separate();
        Ascii(literal);
        _needsComma = true;
        return this;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Raw(',');
        }
    }

    private void Raw(char character)
    {
        _buffer.GetSpan(1)[0] = (byte)character;
        _buffer.Advance(1);
    }

    private void Ascii(string text)
    {
        var span = _buffer.GetSpan(text.Length);
        _buffer.Advance(Encoding.ASCII.GetBytes(text, span));
    }

    private void Quoted(string text)
    {
        Separate();
        Raw('"');
        var span = _buffer.GetSpan(text.Length * 6 + 1);
        var length = 0;
        foreach (var character in text)
        {
            length += Escape(character, span[length..]);
        }

        _buffer.Advance(length);
        Raw('"');
    }

    private static int Escape(char character, Span<byte> target)
    {
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => '\0',
        };
        if (letter != '\0')
        {
            target[0] = (byte)'\\';
            target[1] = (byte)letter;
            return 2;
        }

        if (character is >= ' ' and <= '~')
        {
            target[0] = (byte)character;
            return 1;
        }

        const string hex = "0123456789abcdef";
        target[0] = (byte)'\\';
        target[1] = (byte)'u';
        for (var digit = 0; digit < 4; digit++)
        {
            target[2 + digit] = (byte)hex[(character >> (12 - 4 * digit)) & 0xf];
        }

        return 6;
    }
}
