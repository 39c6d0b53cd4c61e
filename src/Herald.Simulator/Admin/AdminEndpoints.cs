using System.Text.Json;
using System.Text.Json.Serialization;

namespace Herald.Simulator;

/// <summary>The administration over HTTP, for processes that are not ours. Each route is one member of <see cref="SimulatorControl"/>.</summary>
internal static class AdminEndpoints
{
    private const string Prefix = "/_simulator";

    public static void ConfigureJson(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        json.RespectRequiredConstructorParameters = true;
    }

    public static void Map(IEndpointRouteBuilder routes, SimulatorControl control)
    {
        var admin = routes.MapGroup(Prefix).AddEndpointFilter(TranslateAsync);
        MapWorld(admin, control);
        MapPhones(admin.MapGroup("/phones/{phone}"), control);
        MapTemplates(admin.MapGroup("/templates"), control);
        admin.MapPost("/numbers/{id}/throughput", (string id, ThroughputRequest request) =>
        {
            control.RaiseThroughput(id, TimeSpan.FromSeconds(request.OutageSeconds));
            return Results.NoContent();
        });
    }

    private static void MapWorld(RouteGroupBuilder admin, SimulatorControl control)
    {
        admin.MapGet("/state", () => control.GetState());
        admin.MapGet("/sends", (string? phone) => phone is null ? control.GetSends() : control.GetSends(phone));
        admin.MapGet("/sends-after-stop", () => control.GetSendsAfterStop());
        admin.MapGet("/businesses", () => control.Businesses);
        admin.MapPost("/businesses", (BusinessRequest request) => control.AddBusiness(request.Name, [.. request.Numbers]));
        admin.MapPost("/tokens", (TokenRequest request) =>
        {
            control.AddToken(request.Token, request.Scopes, request.WabaIds, request.ExpiresAt);
            return Results.NoContent();
        });
        admin.MapPost("/tokens/revoke", (RevokeRequest request) =>
        {
            control.RevokeToken(request.Token, request.Subcode ?? 467);
            return Results.NoContent();
        });
        admin.MapGet("/faults", () => control.Faults);
        admin.MapPut("/faults", (FaultSettings faults) =>
        {
            control.SetFaults(faults);
            return Results.NoContent();
        });
        admin.MapPut("/callback", (CallbackRequest request) =>
        {
            control.SetCallback(request.Url, request.VerifyToken);
            return Results.NoContent();
        });
        admin.MapPost("/callback/verify", async (CancellationToken cancellation) => new { verified = await control.VerifyCallbackAsync(cancellation) });
        admin.MapPost("/reset", () =>
        {
            control.Reset();
            return Results.NoContent();
        });
    }

    private static void MapPhones(RouteGroupBuilder phones, SimulatorControl control)
    {
        phones.MapGet("/messages", (string phone) => control.GetMessages(phone));
        phones.MapPost("/text", async (string phone, TextRequest request) =>
            new { message_id = await control.SendTextAsync(phone, request.PhoneNumberId, request.Text, request.ProfileName) });
        phones.MapPost("/tap", async (string phone, TapRequest request) => new { message_id = await TapAsync(control, phone, request) });
        phones.MapPost("/preference", (string phone, PreferenceRequest request) =>
        {
            control.SetMarketingPreference(phone, request.PhoneNumberId, request.Stop);
            return Results.NoContent();
        });
        phones.MapPut("/behaviour", (string phone, RecipientBehaviour behaviour) =>
        {
            control.SetRecipientBehaviour(phone, behaviour);
            return Results.NoContent();
        });
        phones.MapDelete("/behaviour", (string phone) =>
        {
            control.SetRecipientBehaviour(phone, null);
            return Results.NoContent();
        });
    }

    private static void MapTemplates(RouteGroupBuilder templates, SimulatorControl control)
    {
        templates.MapGet("/", () => control.GetTemplates());
        templates.MapPut("/{id}/status", (string id, TemplateStatusRequest request) =>
        {
            control.SetTemplateStatus(id, request.Status, request.Reason ?? "NONE");
            return Results.NoContent();
        });
        templates.MapPut("/{id}/category", (string id, TemplateCategoryRequest request) =>
        {
            control.SetTemplateCategory(id, request.Category);
            return Results.NoContent();
        });
        templates.MapPut("/{id}/quality", (string id, TemplateQualityRequest request) =>
        {
            control.SetTemplateQuality(id, request.Score);
            return Results.NoContent();
        });
    }

    private static Task<string> TapAsync(SimulatorControl control, string phone, TapRequest request) =>
        request switch
        {
            { ButtonId: { } id } => control.TapButtonAsync(phone, id),
            { RowId: { } row } => control.SelectListRowAsync(phone, row),
            { TemplateButton: { } label } => control.TapTemplateButtonAsync(phone, label),
            _ => throw new ArgumentException("A tap names button_id, row_id or template_button.", nameof(request)),
        };

    private static async ValueTask<object?> TranslateAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (KeyNotFoundException missing)
        {
            return Results.Json(new { error = missing.Message }, statusCode: StatusCodes.Status404NotFound);
        }
        catch (ArgumentException wrong)
        {
            return Results.Json(new { error = wrong.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
