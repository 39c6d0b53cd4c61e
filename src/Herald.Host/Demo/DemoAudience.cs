using System.Globalization;
using System.Text;

namespace Herald.Host.Demo;

/// <summary>The contacts file: most people opted in, a few never did, a few rows are broken, one person stands in it twice.</summary>
internal static class DemoAudience
{
    private const int NoConsentEach = 25;
    private static readonly string[] FirstNames =
        ["Ana", "Bruno", "Carla", "Diego", "Elena", "Farid", "Gita", "Hugo", "Inés", "João", "Kemal", "Lúcia", "Mario", "Nadia", "Omar", "Priya"];

    /// <summary>The phone of person <paramref name="i"/>, E.164 digits; numbers of a range that is reserved for fiction.</summary>
    public static string Phone(int i) => string.Create(CultureInfo.InvariantCulture, $"3460{1000000 + i:D7}");

    public static bool HasConsent(int i) => i % NoConsentEach != 7;

    public static string Csv(int people, DateTimeOffset now)
    {
        var csv = new StringBuilder("phone,name,language,consent,consent_time,offer\n");
        var consentTime = now.AddDays(-30).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        for (var i = 0; i < people; i++)
        {
            csv.Append('+').Append(Phone(i)).Append(',').Append(FirstNames[i % FirstNames.Length]).Append(",es,");
            csv.Append(HasConsent(i) ? "yes" : "").Append(',').Append(HasConsent(i) ? consentTime : "").Append(',');
            csv.Append(CultureInfo.InvariantCulture, $"{10 + (i % 3 * 5)}%").Append('\n');
        }
        // What every real file has: a row that is no phone number, and a person who stands in it twice.
        csv.Append("not a number,Nobody,es,yes,").Append(consentTime).Append(",10%\n");
        csv.Append('+').Append(Phone(0)).Append(',').Append(FirstNames[0]).Append(",es,yes,").Append(consentTime).Append(",10%\n");
        return csv.ToString();
    }
}
