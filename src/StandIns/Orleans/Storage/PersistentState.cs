using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain's state between the grain and its storage provider.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IPersistentStateSetup
{
    private readonly GrainState<TState> _state = new();
    private readonly Activation _activation;
    private readonly string _name;
    private readonly IGrainStorage _storage;

    public PersistentState(Activation activation, PersistentStateAttribute attribute)
    {
        _activation = activation;
        _name = attribute.StateName;
        _storage = activation.ActivationServices.GetKeyedService<IGrainStorage>(attribute.StorageName ?? GrainStorageNames.Default)
            ?? throw new BadGrainStorageConfigException(
                $"{(attribute.StorageName is { } name ? $"No storage provider named \"{name}\"" : "No default storage provider")} "
                + $"found loading grain type {activation.Class.Type.FullName}");
    }

    public TState State
    {
        get => _state.State;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task SetUpAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await RunAsync("reading", _storage.ReadStateAsync, cancellationToken);
        FillIn();
    }

    public Task WriteStateAsync(CancellationToken cancellationToken)
        => RunAsync("writing", _storage.WriteStateAsync, cancellationToken);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await RunAsync("clearing", _storage.ClearStateAsync, cancellationToken);
        _state.State = default!;
        FillIn();
    }

    private void FillIn() => _state.State ??= Activator.CreateInstance<TState>();

    private async Task RunAsync(
        string doing, Func<string, GrainId, IGrainState<TState>, Task> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await operation(_name, _activation.GrainId, _state);
        }
        catch (Exception error) when (error is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"Error from storage provider while {doing} state {_name} of grain {_activation.GrainId}.", error);
        }
    }
}
