namespace Herald.Domain;

/// <summary>Where every id comes from, so that a run can be replayed from a seed.</summary>
public interface IIdSource
{
    /// <summary>A new id, never given before by this source and greater than all that it gave. Safe from any thread.</summary>
    Guid NewId();
}
