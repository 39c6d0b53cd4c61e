using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>The <c>debug_token</c> call.</summary>
internal sealed class TokenCalls(SimulatedWorld world)
{
    public GraphReply Debug(GraphCall call)
    {
        if (call.Parameter("input_token") is not { Length: > 0 } input)
        {
            return GraphErrors.ParameterRequired("input_token");
        }

        if (!call.IsApp && call.Token?.Value != input)
        {
            return GraphErrors.AppTokenNeeded();
        }

        var token = world.FindToken(input);
        var refusal = token is null ? GraphErrors.TokenUnreadable() : token.Refusal(call.Now);
        return GraphReply.Of(new JsonObject { ["data"] = refusal is null ? Good(token!) : Bad(refusal) });
    }

    private JsonObject Good(AccessToken token) => new()
    {
        ["app_id"] = world.Options.AppId,
        ["type"] = "SYSTEM_USER",
        ["application"] = world.Options.AppName,
        ["data_access_expires_at"] = 0,
        ["expires_at"] = token.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
        ["is_valid"] = true,
        ["issued_at"] = token.IssuedAt.ToUnixTimeSeconds(),
        ["scopes"] = new JsonArray([.. token.Scopes.Select(scope => JsonValue.Create(scope))]),
        ["granular_scopes"] = new JsonArray(
            [.. token.Scopes.Where(scope => scope.StartsWith("whatsapp_", StringComparison.Ordinal)).Select(scope => Granular(scope, token))]),
        ["user_id"] = SeededHash.NodeId(world.Options.Seed, "system-user:" + token.Value, 0),
    };

    private static JsonObject Granular(string scope, AccessToken token) => new()
    {
        ["scope"] = scope,
        ["target_ids"] = new JsonArray([.. token.WabaIds.Select(id => JsonValue.Create(id))]),
    };

    private static JsonObject Bad(GraphError refusal)
    {
        var error = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Subcode is { } subcode)
        {
            error["subcode"] = subcode;
        }

        return new JsonObject { ["error"] = error, ["is_valid"] = false, ["scopes"] = new JsonArray() };
    }
}
