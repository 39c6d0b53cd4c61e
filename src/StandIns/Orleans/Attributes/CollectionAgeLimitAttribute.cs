namespace Orleans;

/// <summary>Says for how long an activation of this class may be idle before it is collected.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest limit: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    /// <summary>Whole days.</summary>
    public double Days { get; set; }

    /// <summary>Hours on top.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes on top.</summary>
    public double Minutes { get; set; }

    /// <summary>True if activations are never collected for being idle.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The limit that results, at least one minute.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            var sum = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}
