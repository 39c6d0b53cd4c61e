namespace Herald.Webhooks;

/// <summary>What can be told of a delivery's raw body without parsing it: which members it names. Most deliveries hold statuses and nothing else.</summary>
internal static class DeliveryBody
{
    /// <summary>False when nobody can opt out in it.</summary>
    public static bool MayOptOut(ReadOnlySpan<byte> body) => NamesMember(body, "\"messages\""u8) || NamesMember(body, "\"user_preferences\""u8);

    /// <summary>True when it tells only that messages went their way: no failure, and nothing that a person did but read.</summary>
    public static bool IsGoodNewsOnly(ReadOnlySpan<byte> body) =>
        NamesMember(body, "\"statuses\""u8) && !NamesMember(body, "\"errors\""u8) && !MayOptOut(body);

    /// <summary>The name as a member's, not as the value of <c>field</c>.</summary>
    private static bool NamesMember(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        for (var at = body.IndexOf(name); at >= 0; at = body.IndexOf(name))
        {
            body = body[(at + name.Length)..].TrimStart(" \t\r\n"u8);
            if (!body.IsEmpty && body[0] == (byte)':')
                return true;
        }
        return false;
    }
}
