namespace Herald.Simulator;

/// <summary>Errors of the Graph layer: tokens, nodes, permissions, parameters.</summary>
internal static class GraphErrors
{
    private const string GraphDocs = "https://developers.facebook.com/docs/graph-api";

    public static GraphError TokenMissing() =>
        new(104, "An access token is required to request this resource") { Status = StatusCodes.Status401Unauthorized };

    public static GraphError TokenUnreadable() =>
        new(190, "Invalid OAuth access token - Cannot parse access token") { Status = StatusCodes.Status401Unauthorized };

    public static GraphError TokenExpired() =>
        new(190, "Error validating access token: Session has expired") { Status = StatusCodes.Status401Unauthorized, Subcode = 463 };

    public static GraphError TokenRevoked(int subcode) =>
        new(190, subcode switch
        {
            458 => "Error validating access token: The user has not authorized application.",
            460 => "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
            463 => "Error validating access token: Session has expired",
            _ => "Error validating access token: The session is invalid.",
        })
        {
            Status = StatusCodes.Status401Unauthorized,
            Subcode = subcode,
        };

    public static GraphError AppSecretProof() => new(100, "Invalid appsecret_proof provided in the API argument") { Type = "GraphMethodException" };

    public static GraphError AppSecretProofMissing() =>
        new(100, "API calls from the server require an appsecret_proof argument") { Type = "GraphMethodException" };

    public static GraphError MessagingNotAllowed() =>
        new(200, "(#200) You do not have the necessary permissions to send messages on behalf of this WhatsApp Business Account")
        {
            Status = StatusCodes.Status403Forbidden,
        };

    public static GraphError PermissionMissing() =>
        new(10, "(#10) Application does not have permission for this action") { Status = StatusCodes.Status403Forbidden };

    public static GraphError AppTokenNeeded() =>
        new(100, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app");

    public static GraphError UnknownNode(string method, string id) =>
        new(100, $"Unsupported {Verb(method)} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at {GraphDocs}")
        {
            Type = "GraphMethodException",
            Subcode = 33,
        };

    public static GraphError UnknownPath(string path) => new(2500, $"Unknown path components: /{path}");

    public static GraphError UnknownField(string field, string nodeType) =>
        new(100, $"(#100) Tried accessing nonexisting field ({field}) on node type ({nodeType})");

    public static GraphError ParameterRequired(string parameter) => new(100, $"(#100) The parameter {parameter} is required.");

    public static GraphError ParameterOneOf(string parameter, string allowed, string got) =>
        new(100, $"(#100) Param {parameter} must be one of {{{allowed}}} - got \"{got}\".");

    public static GraphError ParameterTooLong(string parameter, int charactersMax) =>
        new(100, $"(#100) Param {parameter} must be at most {charactersMax} characters long.");

    public static GraphError ParameterType(string parameter, string type) => new(100, $"(#100) Param {parameter} must be {type}.");

    public static GraphError Invalid(string details) => new(100, "(#100) Invalid parameter") { Details = details };

    public static GraphError TooManyManagementCalls() =>
        new(80008, $"(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, please refer to {GraphDocs}/overview/rate-limiting.");

    private static string Verb(string method) => method switch
    {
        "GET" => "get",
        "DELETE" => "delete",
        _ => "post",
    };
}
