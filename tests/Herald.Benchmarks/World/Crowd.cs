using System.Globalization;

namespace Herald.Benchmarks.World;

/// <summary>The people of a benchmark: all opted in, each with a name and an attribute that the template uses.</summary>
internal static class Crowd
{
    /// <summary>The first line of their file.</summary>
    public const string Head = "phone,name,language,consent,consent_time,offer";

    /// <summary>E.164 digits of person <paramref name="i"/>, from 0.</summary>
    public static string Phone(int i) => string.Create(CultureInfo.InvariantCulture, $"3460{1000000 + i:D7}");

    /// <summary>Their line in the file.</summary>
    public static string Line(int i, string consentTime) =>
        string.Create(CultureInfo.InvariantCulture, $"+{Phone(i)},Person {i},es,yes,{consentTime},{10 + (i % 3 * 5)}%");
}
