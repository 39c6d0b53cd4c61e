namespace Herald.Simulator;

/// <summary>Puts updates into one body: an entry for each account, a change for each update or run of neighbours.</summary>
internal static class WebhookComposer
{
    public static byte[] Compose(IReadOnlyList<WebhookUpdate> updates, WebhookOptions options)
    {
        var json = new MetaJson(updates.Count * 700);
        json.Open('{').Member("object", "whatsapp_business_account").Name("entry").Open('[');
        foreach (var entry in updates.GroupBy(update => update.Waba))
        {
            WriteEntry(json, entry.Key, [.. entry], options);
        }

        return json.Close(']').Close('}').ToArray();
    }

    private static void WriteEntry(MetaJson json, Waba waba, WebhookUpdate[] updates, WebhookOptions options)
    {
        json.Open('{').Member("id", waba.Id);
        if (updates.OfType<AccountUpdate>().FirstOrDefault() is { } account)
        {
            json.Member("time", account.Time.ToUnixTimeSeconds());
        }

        json.Name("changes").Open('[');
        for (var index = 0; index < updates.Length;)
        {
            var count = options.MergeValues ? RunLength(updates, index) : 1;
            WriteChange(json, updates.AsSpan(index, count), options.UserIds);
            index += count;
        }

        json.Close(']').Close('}');
    }

    /// <summary>How many updates from here on can share one value.</summary>
    private static int RunLength(WebhookUpdate[] updates, int start)
    {
        if (updates[start] is not NumberUpdate first)
        {
            return 1;
        }

        var end = start + 1;
        while (end < updates.Length
            && updates[end] is NumberUpdate next
            && next.Number == first.Number
            && next.ItemsName == first.ItemsName)
        {
            end++;
        }

        return end - start;
    }

    private static void WriteChange(MetaJson json, ReadOnlySpan<WebhookUpdate> updates, bool userIds)
    {
        json.Open('{').Name("value");
        if (updates[0] is AccountUpdate account)
        {
            account.WriteValue(json);
        }
        else
        {
            WriteNumberValue(json, updates, userIds);
        }

        json.Member("field", updates[0].Field).Close('}');
    }

    private static void WriteNumberValue(MetaJson json, ReadOnlySpan<WebhookUpdate> updates, bool userIds)
    {
        var first = (NumberUpdate)updates[0];
        json.Open('{')
            .Member("messaging_product", "whatsapp")
            .Name("metadata").Open('{')
            .Member("display_phone_number", first.Number.Phone)
            .Member("phone_number_id", first.Number.Id)
            .Close('}');
        WriteContacts(json, updates, userIds);
        json.Name(first.ItemsName).Open('[');
        foreach (var update in updates)
        {
            ((NumberUpdate)update).WriteItem(json, userIds);
        }

        json.Close(']').Close('}');
    }

    private static void WriteContacts(MetaJson json, ReadOnlySpan<WebhookUpdate> updates, bool userIds)
    {
        var people = new HashSet<Person>();
        foreach (var update in updates)
        {
            if (update is NumberUpdate { HasContact: true } number)
            {
                people.Add(number.Person);
            }
        }

        if (people.Count == 0)
        {
            return;
        }

        json.Name("contacts").Open('[');
        foreach (var person in people)
        {
            json.Open('{').Name("profile").Open('{').Member("name", person.ProfileName).Close('}').Member("wa_id", person.Phone);
            if (userIds)
            {
                json.Member("user_id", person.UserId);
            }

            json.Close('}');
        }

        json.Close(']');
    }
}
