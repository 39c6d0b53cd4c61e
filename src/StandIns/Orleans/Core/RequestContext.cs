using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that go along with a call, and with the calls that it makes; they do not come back with the answer.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Ambient = new();

    /// <summary>The names of the values that are set.</summary>
    public static IEnumerable<string> Keys => Values?.Keys ?? [];

    internal static ImmutableDictionary<string, object>? Values
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Returns a value.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>The value, or null if it is not set.</returns>
    public static object? Get(string key) => Values?.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls that are made from here on.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The value.</param>
    public static void Set(string key, object value)
        => Values = (Values ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Takes a value away.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>True if it was set.</returns>
    public static bool Remove(string key)
    {
        if (Values is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        Values = values.Remove(key);
        return true;
    }

    /// <summary>Takes all values away.</summary>
    public static void Clear() => Values = null;
}
