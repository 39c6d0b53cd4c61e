using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>Pages of a list: <c>limit</c>, <c>after</c>, <c>before</c>, cursors, and links to the neighbours.</summary>
internal static class GraphPage
{
    private const int LimitDefault = 25;
    private const int LimitMax = 1000;

    /// <summary>Makes a page of items whose cursors are their ids. A cursor of an item that is gone gives an error.</summary>
    public static GraphReply Of(GraphCall call, IReadOnlyList<JsonObject> items, IReadOnlyList<string> ids)
    {
        var limit = LimitDefault;
        if (call.Query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
        {
            return GraphErrors.ParameterType("limit", "an integer greater than or equal to 1");
        }

        limit = Math.Min(limit, LimitMax);
        if (!TryFind(call, "after", ids, out var after) || !TryFind(call, "before", ids, out var before))
        {
            return new GraphError(100, "(#100) Invalid cursors values");
        }

        var start = after >= 0 ? after + 1 : before >= 0 ? Math.Max(0, before - limit) : 0;
        var end = Math.Min(before >= 0 ? before : items.Count, start + limit);
        var page = new JsonObject { ["data"] = new JsonArray([.. items.Skip(start).Take(end - start)]) };
        if (end > start)
        {
            var first = Cursor(ids[start]);
            var last = Cursor(ids[end - 1]);
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = first, ["after"] = last } };
            if (end < items.Count)
            {
                paging["next"] = Link(call, limit, "after", last);
            }

            if (start > 0)
            {
                paging["previous"] = Link(call, limit, "before", first);
            }

            page["paging"] = paging;
        }

        return GraphReply.Of(page);
    }

    private static bool TryFind(GraphCall call, string parameter, IReadOnlyList<string> ids, out int index)
    {
        index = -1;
        if (!call.Query.TryGetValue(parameter, out var cursor) || cursor.ToString() is not { Length: > 0 } given)
        {
            return true;
        }

        for (var candidate = 0; candidate < ids.Count; candidate++)
        {
            if (Cursor(ids[candidate]) == given)
            {
                index = candidate;
                return true;
            }
        }

        return false;
    }

    private static string Cursor(string id) => Convert.ToBase64String(Encoding.ASCII.GetBytes(id)).TrimEnd('=');

    /// <summary>The same call with another cursor; the token is left out, since callers bring theirs in a header.</summary>
    private static string Link(GraphCall call, int limit, string direction, string cursor)
    {
        var kept = call.Query
            .Where(pair => pair.Key is not ("after" or "before" or "limit" or "access_token" or "appsecret_proof"))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}&");
        return $"{call.BaseUrl}/{call.Version}/{call.Path}?{string.Concat(kept)}limit={limit}&{direction}={Uri.EscapeDataString(cursor)}";
    }
}
