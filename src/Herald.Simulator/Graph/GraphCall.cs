using System.Text.Json;

namespace Herald.Simulator;

/// <summary>A Graph call as handlers see it.</summary>
internal sealed record GraphCall
{
    public required string Method { get; init; }

    /// <summary>As in the path, <c>v23.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Scheme and authority under which the caller sees the simulator.</summary>
    public required string BaseUrl { get; init; }

    public required string Path { get; init; }

    public required IQueryCollection Query { get; init; }

    public required AccessToken? Token { get; init; }

    /// <summary>Whether the caller showed the app token.</summary>
    public required bool IsApp { get; init; }

    /// <summary>The body's type; null without a body.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The body's bytes, empty without a body.</summary>
    public required byte[] Request { get; init; }

    /// <summary>The body as JSON; an undefined element if there is none or it is not JSON.</summary>
    public required JsonElement Root { get; init; }

    /// <summary>Place among all requests and acknowledgements.</summary>
    public required long Order { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required CancellationToken Cancellation { get; init; }

    /// <summary>A parameter from the body or else from the query, as Graph takes both.</summary>
    public string? Parameter(string name) => Root.Text(name) ?? (Query.TryGetValue(name, out var value) ? value.ToString() : null);
}
