using System.Buffers.Binary;
using Herald.Contracts.Messages.V1;
using Herald.Domain;

namespace Herald.Api.Messages.Story;

/// <summary>One step of a story and its place in it. Places do not move when more becomes known, so that pages go on where they stopped.</summary>
internal sealed class StoryStep : IComparable<StoryStep>
{
    /// <summary>The number of ranks of one attempt.</summary>
    public const int RanksMax = 16;

    /// <summary>A step.</summary>
    /// <param name="time">When it counts as having happened; its event may tell a time of its own.</param>
    /// <param name="rank">Its place among what happened at the same moment.</param>
    /// <param name="told">The event.</param>
    public StoryStep(DateTimeOffset time, int rank, MessageEvent told)
    {
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(key, Math.Max(0, Micros.FromTime(time)));
        BinaryPrimitives.WriteInt32BigEndian(key[8..], (told.Attempt * RanksMax) + rank);
        BinaryPrimitives.WriteInt32BigEndian(key[12..], (int)told.Kind);
        Key = new Guid(key, bigEndian: true);
        Event = told;
    }

    /// <summary>The place, as page tokens hold it.</summary>
    public Guid Key { get; }

    /// <summary>What is told.</summary>
    public MessageEvent Event { get; }

    /// <inheritdoc/>
    public int CompareTo(StoryStep? other) => other is null ? 1 : CompareTo(other.Key);

    /// <summary>Whether it stands before (less than 0) or after the place.</summary>
    public int CompareTo(Guid place)
    {
        Span<byte> mine = stackalloc byte[16];
        Span<byte> theirs = stackalloc byte[16];
        Key.TryWriteBytes(mine, bigEndian: true, out _);
        place.TryWriteBytes(theirs, bigEndian: true, out _);
        return mine.SequenceCompareTo(theirs);
    }
}
