using Google.Protobuf.WellKnownTypes;
using Herald.Domain;

namespace Herald.Api.Calls;

/// <summary>Times between storage and contract. Requests hold only times that can be read: the guard looked at them.</summary>
internal static class Times
{
    /// <summary>A stored time.</summary>
    public static Timestamp ToProto(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    /// <summary>A stored time that may be absent.</summary>
    public static Timestamp? ToProto(this DateTimeOffset? time) => time is { } value ? value.ToProto() : null;

    /// <summary>A time of a request as storage will keep it.</summary>
    public static DateTimeOffset ToStored(this Timestamp time) => Micros.Truncate(time.ToDateTimeOffset());

    /// <summary>The present as storage will keep it.</summary>
    public static DateTimeOffset StoredNow(this TimeProvider time) => Micros.Truncate(time.GetUtcNow());
}
