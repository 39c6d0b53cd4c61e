using Herald.Domain;

namespace Herald.Testing;

/// <summary>Ids that repeat for the same seed; each is greater than the one before.</summary>
public sealed class TestIds : IIdSource
{
    private readonly UuidV7Source _source;

    /// <summary>A source whose ids carry the time of <see cref="ManualTimeProvider.DefaultStart"/>.</summary>
    public TestIds(int seed)
    {
        _source = new UuidV7Source(new ManualTimeProvider(), new SeededRandomSource(seed));
    }

    /// <inheritdoc/>
    public Guid NewId() => _source.NewId();

    /// <summary>A new id of the type asked for.</summary>
    public TId New<TId>()
        where TId : struct, IEntityId<TId> => TId.FromGuid(NewId());
}
