using System.Globalization;
using System.Text;

namespace Herald.Chaos;

/// <summary>
/// The people of each campaign. Neighbouring campaigns share some: the last of one are the first of the next, so that who answers STOP to the
/// one is still in the queue of the other.
/// </summary>
internal sealed class Audience(ChaosOptions options)
{
    private const double SharedPart = 0.3;
    private const int NoConsentEach = 50;

    /// <summary>How many recipients campaign <paramref name="index"/> has.</summary>
    public int Count(int index) => (options.Recipients / options.Senders) + (index < options.Recipients % options.Senders ? 1 : 0);

    /// <summary>The contacts file of campaign <paramref name="index"/>.</summary>
    public string Csv(int index, DateTimeOffset now)
    {
        var first = (int)(index * (options.Recipients / options.Senders) * (1 - SharedPart));
        var consentTime = now.AddDays(-30).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var csv = new StringBuilder("phone,name,language,consent,consent_time\n");
        for (var person = first; person < first + Count(index); person++)
        {
            var consents = person % NoConsentEach != 7;
            csv.Append(CultureInfo.InvariantCulture, $"+3460{1_000_000 + person:D7},Person {person},es,")
                .Append(consents ? $"yes,{consentTime}" : ",").Append('\n');
        }
        return csv.ToString();
    }
}
