namespace Grpc.Core;

/// <summary>What one call carries besides its messages.</summary>
public struct CallOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="headers">Headers to send, or null.</param>
    /// <param name="deadline">When the call is given up, in UTC, or null for never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How messages are written, or null for the channel's way.</param>
    /// <param name="propagationToken">Takes deadline and cancellation from the server call that this call belongs to.</param>
    /// <param name="credentials">Adds credentials to this call, or null.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Headers to send, or null.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>When the call is given up, in UTC, or null for never.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>How messages are written, or null for the channel's way.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>Takes deadline and cancellation from the server call that this call belongs to, or null.</summary>
    public ContextPropagationToken? PropagationToken { get; }

    /// <summary>Adds credentials to this call, or null.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Whether the call waits for a connection and does not fail at once without one.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>A copy with other headers.</summary>
    /// <param name="headers">Headers to send.</param>
    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>A copy with another deadline.</summary>
    /// <param name="deadline">When the call is given up, in UTC.</param>
    public readonly CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>A copy with another token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>A copy with other write options.</summary>
    /// <param name="writeOptions">How messages are written.</param>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>A copy with other credentials.</summary>
    /// <param name="credentials">Adds credentials to this call.</param>
    public readonly CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>A copy that waits for a connection, or does not.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
