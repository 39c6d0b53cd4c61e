namespace Herald.Simulator;

/// <summary>Finds the node of a call, checks what the token may do with it, and hands the call on.</summary>
internal sealed class GraphRouter(
    SimulatedWorld world, MessageService messages, TemplateCalls templates, NumberCalls numbers, MediaCalls media, SubscriptionCalls subscriptions, TokenCalls tokens)
{
    public async Task<GraphReply> RouteAsync(GraphCall call, string node, string? edge)
    {
        if (node == "debug_token" && edge is null)
        {
            return call.Method == "GET" ? tokens.Debug(call) : GraphErrors.UnknownNode(call.Method, node);
        }

        if (node == world.Options.AppId)
        {
            return (call.Method, edge) == ("POST", "subscriptions")
                ? await subscriptions.SetCallbackAsync(call)
                : GraphErrors.UnknownNode(call.Method, node);
        }

        if (call.Token is not { } token)
        {
            return GraphErrors.UnknownNode(call.Method, node);
        }

        if (world.FindNumber(node) is { } number && token.Covers(number.Waba))
        {
            return await RouteNumberAsync(call, token, number, edge);
        }

        if (world.FindWaba(node) is { } waba && token.Covers(waba))
        {
            return token.MayManage ? await RouteWabaAsync(call, waba, edge) with { UsageOf = waba.Id } : GraphErrors.PermissionMissing();
        }

        if (edge is null && world.FindMedia(node) is { } upload && token.Covers(upload.Waba))
        {
            return call.Method switch
            {
                "GET" => MediaCalls.Get(upload.Media),
                "DELETE" => MediaCalls.Delete(upload.Waba, upload.Media),
                _ => GraphErrors.UnknownNode(call.Method, node),
            };
        }

        return world.FindTemplate(node) is { } found && token.Covers(found.Waba)
            ? RouteTemplate(call, token, found.Waba, found.Template, edge)
            : GraphErrors.UnknownNode(call.Method, node);
    }

    private async Task<GraphReply> RouteNumberAsync(GraphCall call, AccessToken token, BusinessNumber number, string? edge)
    {
        if ((call.Method, edge) == ("POST", "messages"))
        {
            if (!token.MayMessage)
            {
                return GraphErrors.MessagingNotAllowed();
            }

            var (body, error) = messages.Handle(number, call.Request, call.Root, call.Order);
            return body is null ? error! : GraphReply.Of(body);
        }

        if ((call.Method, edge) == ("POST", "media"))
        {
            return token.MayMessage ? await media.UploadAsync(number.Waba, call) : GraphErrors.MessagingNotAllowed();
        }

        if (!token.MayManage)
        {
            return GraphErrors.PermissionMissing();
        }

        return (call.Method, edge) switch
        {
            ("GET", null) => numbers.GetNumber(number, call),
            ("POST", "register") => NumberCalls.Register(number, call),
            ("POST", "deregister") => NumberCalls.Deregister(number, call),
            (_, null or "media" or "messages" or "register" or "deregister") => GraphErrors.UnknownNode(call.Method, number.Id),
            _ => GraphErrors.UnknownPath(edge),
        };
    }

    private async Task<GraphReply> RouteWabaAsync(GraphCall call, Waba waba, string? edge) => (call.Method, edge) switch
    {
        ("GET", null) => NumberCalls.GetWaba(waba, call),
        ("GET", "phone_numbers") => numbers.ListNumbers(waba, call),
        ("GET", "message_templates") => TemplateCalls.List(waba, call),
        ("POST", "message_templates") => templates.Create(waba, call),
        ("DELETE", "message_templates") => templates.Delete(waba, call),
        ("GET", "subscribed_apps") => subscriptions.List(waba),
        ("POST", "subscribed_apps") => await subscriptions.SubscribeAsync(waba, call),
        ("DELETE", "subscribed_apps") => SubscriptionCalls.Unsubscribe(waba),
        (_, null or "phone_numbers" or "message_templates" or "subscribed_apps") => GraphErrors.UnknownNode(call.Method, waba.Id),
        _ => GraphErrors.UnknownPath(edge),
    };

    private GraphReply RouteTemplate(GraphCall call, AccessToken token, Waba waba, Template template, string? edge)
    {
        if (!token.MayManage)
        {
            return GraphErrors.PermissionMissing();
        }

        return (call.Method, edge) switch
        {
            ("GET", null) => TemplateCalls.Get(template, call) with { UsageOf = waba.Id },
            ("POST", null) => templates.Edit(waba, template, call) with { UsageOf = waba.Id },
            (_, null) => GraphErrors.UnknownNode(call.Method, template.Id),
            _ => GraphErrors.UnknownPath(edge),
        };
    }
}
