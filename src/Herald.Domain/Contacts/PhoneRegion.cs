using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain.Contacts;

/// <summary>The numbering plan of a country or territory: what is needed to read a number written the national way.</summary>
/// <param name="Code">ISO 3166-1 alpha-2, upper case (also <c>AC</c>, <c>TA</c> and <c>XK</c>).</param>
/// <param name="CallingCode">The calling code, 1 to 3 digits; several regions may share one.</param>
/// <param name="TrunkPrefix">What is dialled before a national number and dropped in E.164; empty where there is none, as in Italy, where the 0 stays.</param>
/// <param name="NationalLengthMin">The fewest digits after the calling code.</param>
/// <param name="NationalLengthMax">The most digits after the calling code.</param>
public sealed record PhoneRegion(string Code, string CallingCode, string TrunkPrefix, int NationalLengthMin, int NationalLengthMax)
{
    private static readonly Dictionary<string, PhoneRegion> ByCode =
        PhoneRegionTable.All.ToDictionary(region => region.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Several regions of one calling code agree on its trunk prefix, so that any one of them stands for all.</summary>
    private static readonly Dictionary<string, PhoneRegion> ByCallingCode =
        PhoneRegionTable.All.GroupBy(region => region.CallingCode).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static readonly HashSet<string> SharedCallingCodes =
        PhoneRegionTable.All.GroupBy(region => region.CallingCode).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether other regions have the same calling code.</summary>
    public bool SharesCallingCode => SharedCallingCodes.Contains(CallingCode);

    /// <summary>All regions, ordered by code.</summary>
    public static IReadOnlyList<PhoneRegion> All => PhoneRegionTable.All;

    /// <summary>Finds a region by its ISO code in any case, for example a tenant's default region. False if there is none.</summary>
    public static bool TryGet(string? code, [NotNullWhen(true)] out PhoneRegion? region)
    {
        region = null;
        return code is not null && ByCode.TryGetValue(code, out region);
    }

    /// <summary>Finds a region that has the calling code with which the digits begin. No calling code begins with another one.</summary>
    internal static bool TryFindByDigits(string digits, [NotNullWhen(true)] out PhoneRegion? region)
    {
        region = null;
        for (var length = 1; length <= 3 && length <= digits.Length; length++)
        {
            if (ByCallingCode.TryGetValue(digits[..length], out region))
                return true;
        }
        return false;
    }

    internal bool HasNationalLength(int digitCount) => digitCount >= NationalLengthMin && digitCount <= NationalLengthMax;
}
