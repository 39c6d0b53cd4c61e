using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>Graph calls about webhooks: of the app, and of an account.</summary>
internal sealed class SubscriptionCalls(SimulatedWorld world, WebhookSender sender)
{
    private const int UrlMax = 200;

    public async Task<GraphReply> SubscribeAsync(Waba waba, GraphCall call)
    {
        WebhookTarget? target = null;
        if (call.Parameter("override_callback_uri") is { Length: > 0 } address)
        {
            if (call.Parameter("verify_token") is not { Length: > 0 } token)
            {
                return GraphErrors.ParameterRequired("verify_token");
            }

            if (address.Length > UrlMax || ToUrl(address) is not { } url)
            {
                return new GraphError(100, "Invalid callback URI format");
            }

            target = new WebhookTarget(url, token);
            if (!await sender.VerifyAsync(target, call.Cancellation))
            {
                return CallbackNotVerified();
            }
        }

        waba.Override = target;
        waba.Subscribed = true;
        return GraphReply.Success;
    }

    public GraphReply List(Waba waba)
    {
        var data = new JsonArray();
        if (waba.Subscribed)
        {
            var item = new JsonObject
            {
                ["whatsapp_business_api_data"] = new JsonObject
                {
                    ["id"] = world.Options.AppId,
                    ["name"] = world.Options.AppName,
                    ["link"] = "https://www.facebook.com/games/?app_id=" + world.Options.AppId,
                },
            };
            if (waba.Override is { } target)
            {
                item["override_callback_uri"] = target.Url.AbsoluteUri;
            }

            data.Add(item);
        }

        return GraphReply.Of(new JsonObject { ["data"] = data });
    }

    public static GraphReply Unsubscribe(Waba waba)
    {
        waba.Subscribed = false;
        waba.Override = null;
        return GraphReply.Success;
    }

    /// <summary>Sets the callback of the app after a handshake. Needs the app token.</summary>
    public async Task<GraphReply> SetCallbackAsync(GraphCall call)
    {
        if (!call.IsApp)
        {
            return GraphErrors.AppTokenNeeded();
        }

        if (call.Parameter("object") != "whatsapp_business_account")
        {
            return GraphErrors.ParameterOneOf("object", "whatsapp_business_account", call.Parameter("object") ?? "");
        }

        if (ToUrl(call.Parameter("callback_url") ?? "") is not { } url)
        {
            return GraphErrors.ParameterRequired("callback_url");
        }

        var target = new WebhookTarget(url, call.Parameter("verify_token") ?? "");
        if (!await sender.VerifyAsync(target, call.Cancellation))
        {
            return CallbackNotVerified();
        }

        world.Callback = target;
        return GraphReply.Success;
    }

    private static GraphError CallbackNotVerified() =>
        new(2200, "(#2200) Callback verification failed with the following errors: HTTP Status Code = 403; HTTP Message = Forbidden");

    private static Uri? ToUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
