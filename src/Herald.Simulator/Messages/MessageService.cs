using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Takes or refuses messages, in the order of checks that Meta's side has.</summary>
internal sealed class MessageService(SimulatedWorld world, PhoneBook book, PhoneActions actions, SendLedger ledger, Crowd crowd, TimeProvider time)
{
    private const int TextMax = 4096;
    private const int CallbackDataMax = 512;
    private const string Types = "AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO";
    private static readonly byte[] Success = """{"success":true}"""u8.ToArray();

    private readonly LimitOptions _limits = world.Options.Limits;

    /// <summary>The answer's body, or the error.</summary>
    /// <param name="number">The sending number.</param>
    /// <param name="request">The request's body; kept.</param>
    /// <param name="root">The same, parsed.</param>
    /// <param name="order">The place of the request among all requests and acknowledgements.</param>
    public (byte[]? Body, GraphError? Error) Handle(BusinessNumber number, byte[] request, JsonElement root, long order)
    {
        if (root.Keyword("messaging_product") is not { } product)
        {
            return Refuse(GraphErrors.ParameterRequired("messaging_product"));
        }

        if (product != "whatsapp")
        {
            return Refuse(GraphErrors.ParameterOneOf("messaging_product", "WHATSAPP", product));
        }

        if (root.Keyword("status") is { } status)
        {
            return MarkRead(root, status);
        }

        var (person, input, recipientError) = Recipient(number, root);
        if (person is null)
        {
            return Refuse(recipientError);
        }

        var type = root.Keyword("type") ?? (root.Member("text") is null ? "" : "text");
        var error = CheckCommon(number, root) ?? CheckType(number, root, type);
        return error is null ? Accept(number, person, input, type, request, root, order) : Refuse(error);
    }

    private (byte[]?, GraphError?) MarkRead(JsonElement root, string status) =>
        status != "read" ? Refuse(GraphErrors.ParameterOneOf("status", "READ", status))
        : root.Text("message_id") is not { Length: > 0 } id ? Refuse(GraphErrors.ParameterRequired("message_id"))
        : actions.Find(id) is null ? Refuse(MessageErrors.Value("Message ID is invalid."))
        : (Success, null);

    private (Person? Person, string Input, GraphError? Error) Recipient(BusinessNumber number, JsonElement root)
    {
        var kind = root.Keyword("recipient_type");
        if (kind is not null and not "individual")
        {
            return (null, "", GraphErrors.ParameterOneOf("recipient_type", "INDIVIDUAL", kind));
        }

        if (root.Text("to") is { Length: > 0 } to)
        {
            return PhoneNumbers.TryParse(to) is not { } phone ? (null, to, MessageErrors.RecipientFormat())
                : phone == number.Phone ? (null, to, MessageErrors.Plain(131021))
                : (book.Get(phone), to, null);
        }

        return root.Text("recipient") is not { Length: > 0 } userId ? (null, "", GraphErrors.ParameterRequired("to"))
            : book.FindByUserId(userId) is { } known ? (known, userId, null)
            : (null, userId, MessageErrors.Plain(131026));
    }

    private static GraphError? CheckCommon(BusinessNumber number, JsonElement root) =>
        !number.Registered ? MessageErrors.NotRegistered()
        : (root.Text("biz_opaque_callback_data")?.Length ?? 0) > CallbackDataMax
            ? GraphErrors.ParameterTooLong("biz_opaque_callback_data", CallbackDataMax)
        : null;

    private GraphError? CheckType(BusinessNumber number, JsonElement root, string type) => type switch
    {
        "" => GraphErrors.ParameterRequired("type"),
        "text" => CheckText(root),
        "template" => TemplateSendRules.CheckShape(root),
        "interactive" => InteractiveRules.Check(root, _limits.ListBodyMax, number.Waba),
        "location" => ContentRules.CheckLocation(root),
        "reaction" => ContentRules.CheckReaction(root),
        "contacts" => MessageErrors.Unsupported(),
        _ => MediaKinds.Has(type) ? ContentRules.CheckMedia(root, type, number.Waba) : GraphErrors.ParameterOneOf("type", Types, type),
    };

    private static GraphError? CheckText(JsonElement root) =>
        root.Member("text")?.Text("body") is not { Length: > 0 } text ? GraphErrors.ParameterRequired("text['body']")
        : text.CodePoints() > TextMax ? GraphErrors.ParameterTooLong("text['body']", TextMax)
        : null;

    private (byte[]?, GraphError?) Accept(
        BusinessNumber number, Person person, string input, string type, byte[] request, JsonElement root, long order)
    {
        var now = time.GetUtcNow();
        var template = type == "template" ? root.Member("template") : null;
        var found = template is { } sent ? number.Waba.Templates.Find(sent.Text("name")!, sent.Member("language")!.Value.Text("code")!) : null;
        AcceptedMessage message;
        lock (person.Gate)
        {
            var conversation = person.With(number);
            var inWindow = conversation.LastInbound is { } last && now - last < _limits.Window;
            var error = template is null && !inWindow && _limits.WindowRefusal == WindowRefusal.Sync ? MessageErrors.Plain(131047)
                : template is { } given ? TemplateSendRules.Check(found, given)
                : type == "reaction" ? ContentRules.CheckReactionTarget(Target(root), person, number, now)
                : null;
            error ??= TakePair(conversation, number, now);
            if (error is null && template is not null && !inWindow && !world.PortfolioOf(number.Waba).TryReach(person.Phone, now))
            {
                error = MessageErrors.Plain(131048);
            }

            if (error is not null)
            {
                return Refuse(error);
            }

            var ordinal = conversation.OutgoingCount++;
            message = new AcceptedMessage
            {
                Wamid = Wamid.Create(world.MessageSeed, number.Id, person.Phone, outgoing: true, ordinal),
                Number = number,
                Person = person,
                Type = type,
                Template = found,
                CallbackData = root.Text("biz_opaque_callback_data"),
                AcceptedAt = now,
                Ordinal = ordinal,
                InWindow = inWindow,
                MediaFails = ContentRules.FailsLater(root, type, number.Waba),
                Request = request,
            };
            Record(message, person.StopTowards(number.Waba), order);
        }

        crowd.Play(message);
        return (Answer(message, input), null);
    }

    private InboundUpdate? Target(JsonElement root) => actions.Find(root.Member("reaction")!.Value.Text("message_id")!);

    /// <summary>Takes one message from the pair's and the number's limits, or neither.</summary>
    private GraphError? TakePair(Conversation conversation, BusinessNumber number, DateTimeOffset now)
    {
        if (number.IsBeingUpgraded)
        {
            return MessageErrors.Plain(131057);
        }

        var freeAt = (conversation.PairFreeAt > now ? conversation.PairFreeAt : now) + _limits.PairInterval;
        if (freeAt - now > _limits.PairInterval * _limits.PairBurst)
        {
            return MessageErrors.Pair(_limits.RateLimitHttpStatus);
        }

        if (!number.TryTake(now))
        {
            return MessageErrors.Throughput(_limits.RateLimitHttpStatus);
        }

        conversation.PairFreeAt = freeAt;
        return null;
    }

    private void Record(AcceptedMessage message, StopMark? stop, long order)
    {
        var send = new SendRecord(
            order,
            message.AcceptedAt,
            message.Number.Id,
            message.Person.Phone,
            message.Wamid,
            message.CallbackData,
            message.Type,
            message.Template?.Name,
            message.Template?.Category ?? "SERVICE");
        ledger.Accepted(send);
        if (message.IsMarketing && stop is not null && order > stop.Order && message.AcceptedAt - stop.Time >= _limits.StopGrace)
        {
            ledger.SentAfterStop(new SendAfterStop(send, message.AcceptedAt - stop.Time));
        }
    }

    private byte[] Answer(AcceptedMessage message, string input)
    {
        var json = new MetaJson(320);
        json.Open('{').Member("messaging_product", "whatsapp")
            .Name("contacts").Open('[').Open('{').Member("input", input).Member("wa_id", message.Person.Phone);
        if (world.Options.Webhooks.UserIds)
        {
            json.Member("user_id", message.Person.UserId);
        }

        json.Close('}').Close(']').Name("messages").Open('[').Open('{').Member("id", message.Wamid);
        if (message.Template is not null)
        {
            json.Member("message_status", "accepted");
        }

        return json.Close('}').Close(']').Close('}').ToArray();
    }

    private (byte[]?, GraphError?) Refuse(GraphError? error)
    {
        ledger.Refused(error!.Code);
        return (null, error);
    }
}
