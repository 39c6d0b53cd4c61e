using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Herald.WhatsApp.Webhooks;

namespace Herald.WhatsApp.Tests.Webhooks;

/// <summary>No payload makes the parser throw: neither bytes that were damaged nor a structure in which any member has any kind.</summary>
public sealed class MutatedPayloadTests
{
    private static readonly byte[][] Payloads = [.. TestData.Names("webhooks").Select(name => TestData.Bytes("webhooks", name))];

    private static readonly string[] Replacements =
        ["null", "true", "0", "-1", "1e400", "12345678901234567890", "\"\"", "\"\\ud83d\"", "\"x\"", "[]", "[null]", "{}", "{\"id\":{}}", "[[{}]]"];

    private static readonly Gen<byte[]> DamagedBytes =
        from payload in Gen.Elements(Payloads)
        from edits in Gen.Choose(0, 1 << 20).ListOf(4)
        from values in Gen.Choose(0, 255).ListOf(4)
        select Damage(payload, [.. edits], [.. values]);

    private static readonly Gen<byte[]> ReplacedMembers =
        from payload in Gen.Elements(Payloads)
        from place in Gen.Choose(0, 1 << 20)
        from replacement in Gen.Elements(Replacements)
        select Replace(payload, place, replacement);

    [Fact]
    public void Damaged_bytes_never_make_it_throw()
    {
        Prop.ForAll(DamagedBytes.ToArbitrary(), ReadsWithoutThrowing).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Members_of_another_kind_never_make_it_throw()
    {
        Prop.ForAll(ReplacedMembers.ToArbitrary(), ReadsWithoutThrowing).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void A_broken_neighbour_does_not_lose_a_good_message()
    {
        const string Good = """{"from":"34600111222","id":"wamid.GOOD","timestamp":"1767600000","type":"text","text":{"body":"STOP"}}""";
        var neighbours =
            from place in Gen.Choose(0, 1 << 20)
            from replacement in Gen.Elements(Replacements)
            select Encoding.UTF8.GetString(Replace(Encoding.UTF8.GetBytes(Good.Replace("GOOD", "BAD", StringComparison.Ordinal)), place, replacement));

        Prop.ForAll(
            neighbours.Where(IsJson).ToArbitrary(),
            neighbour =>
            {
                var body = $$$"""{"entry":[{"changes":[{"field":"messages","value":{"messages":[{{{neighbour}}},{{{Good}}}]}}]}]}""";
                var last = WebhookParser.Parse(Encoding.UTF8.GetBytes(body))[^1];
                return last is InboundMessageChange { Wamid: "wamid.GOOD", Content: InboundText { Body: "STOP" } };
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static bool ReadsWithoutThrowing(byte[] body)
    {
        var changes = WebhookParser.Parse(body);
        return changes.All(change => ChangeText.Of(change).Length > 0);
    }

    private static byte[] Damage(byte[] payload, int[] places, int[] values)
    {
        var bytes = payload.ToArray();
        for (var i = 0; i < places.Length; i++) bytes[places[i] % bytes.Length] = (byte)values[i];
        return bytes;
    }

    /// <summary>Replaces one value or name of the document, wherever it stands, by a text that is written into it as it is.</summary>
    private static byte[] Replace(byte[] payload, int place, string replacement)
    {
        var values = new List<(int Start, int End)>();
        var reader = new Utf8JsonReader(payload);
        var open = new Stack<int>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((int)reader.TokenStartIndex);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    values.Add((open.Pop(), (int)reader.BytesConsumed));
                    break;
                case JsonTokenType.PropertyName:
                    values.Add(((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2));
                    break;
                default:
                    values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
                    break;
            }
        }

        var (start, end) = values[place % values.Count];
        return [.. payload[..start], .. Encoding.UTF8.GetBytes(replacement), .. payload[end..]];
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
