namespace Herald.Grains;

/// <summary>The grain storage that Herald's grains ask for by name.</summary>
public static class HeraldGrainStorage
{
    /// <summary>The name under which the host registers it.</summary>
    public const string Name = "herald";
}
