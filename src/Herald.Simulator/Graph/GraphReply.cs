using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>The answer to a Graph call: a body, or an error.</summary>
internal sealed record GraphReply
{
    private static readonly byte[] SuccessBody = """{"success":true}"""u8.ToArray();

    public static GraphReply Success { get; } = new() { Body = SuccessBody };

    public byte[] Body { get; private init; } = [];

    public GraphError? Error { get; private init; }

    /// <summary>The account whose usage header goes with a management call; null without.</summary>
    public string? UsageOf { get; init; }

    public static GraphReply Of(JsonNode node) => new() { Body = MetaJson.Serialize(node) };

    public static GraphReply Of(byte[] body) => new() { Body = body };

    public static GraphReply Of(GraphError error) => new() { Error = error };

    public static implicit operator GraphReply(GraphError error) => Of(error);
}
