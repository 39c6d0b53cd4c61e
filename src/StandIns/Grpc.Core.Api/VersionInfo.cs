namespace Grpc.Core;

/// <summary>The version of the library whose surface this assembly offers.</summary>
public static class VersionInfo
{
    /// <summary>The version that assemblies bind to.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>The version of the surface.</summary>
    public const string CurrentVersion = "2.85.0";
}
