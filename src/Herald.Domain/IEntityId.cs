namespace Herald.Domain;

/// <summary>What all id types share, so that storage and the API can treat them by one generic piece of code.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>The UUID; <see cref="Guid.Empty"/> means that no id was given.</summary>
    Guid Value { get; }

    /// <summary>Wraps a UUID.</summary>
    static abstract TSelf FromGuid(Guid value);
}
