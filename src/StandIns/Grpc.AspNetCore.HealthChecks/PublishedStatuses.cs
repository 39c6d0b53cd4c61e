using Grpc.Health.V1;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>
/// The states that the periodic run of all checks found last. A watcher that is slow sees the last state and misses
/// those between, so nothing is queued for it.
/// </summary>
internal sealed class PublishedStatuses
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _statuses = new(StringComparer.Ordinal);
    private TaskCompletionSource _nextPublication = NewPublication();

    /// <summary>Finishes at the next publication after this call.</summary>
    public Task NextPublication
    {
        get
        {
            lock (_lock)
            {
                return _nextPublication.Task;
            }
        }
    }

    /// <summary>Replaces all states at once.</summary>
    public void Publish(IEnumerable<KeyValuePair<string, HealthCheckResponse.Types.ServingStatus>> statuses)
    {
        TaskCompletionSource published;
        lock (_lock)
        {
            _statuses.Clear();
            foreach (var (service, status) in statuses)
            {
                _statuses[service] = status;
            }

            published = _nextPublication;
            _nextPublication = NewPublication();
        }

        published.SetResult();
    }

    /// <summary>Finds the state of a service that was published last; SERVICE_UNKNOWN when there is none.</summary>
    public HealthCheckResponse.Types.ServingStatus Find(string service)
    {
        lock (_lock)
        {
            return _statuses.GetValueOrDefault(service, HealthCheckResponse.Types.ServingStatus.ServiceUnknown);
        }
    }

    private static TaskCompletionSource NewPublication() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
