using Orleans.Hosting;

namespace Herald.Grains;

/// <summary>Sets up a silo for Herald's grains.</summary>
public static class GrainsSiloBuilderExtensions
{
    /// <summary>
    /// Adds the filters around calls that Herald's grains count on: <see cref="StorageFailureFilter"/> and
    /// <see cref="InconsistentStateRetryFilter"/>. The two belong together: only where an incoming filter stands does Orleans keep
    /// the arguments of a failed call within one silo, and the retry sends them again.
    /// </summary>
    /// <param name="silo">The silo's builder.</param>
    /// <returns>The same.</returns>
    public static ISiloBuilder AddHeraldCallFilters(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        return silo.AddIncomingGrainCallFilter<StorageFailureFilter>().AddOutgoingGrainCallFilter<InconsistentStateRetryFilter>();
    }
}
