using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Herald.Simulator;

/// <summary>Graph calls about numbers and their account.</summary>
internal sealed partial class NumberCalls(SimulatedWorld world)
{
    private const string NumberType = "WhatsAppBusinessPhoneNumber";
    private const string WabaType = "WhatsAppBusinessAccount";

    private static readonly string[] NumberDefaults =
        ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput", "id"];

    private static readonly string[] WabaDefaults = ["id", "name", "timezone_id", "message_template_namespace"];

    public GraphReply GetNumber(BusinessNumber number, GraphCall call)
    {
        var (picked, error) = FieldSelector.Pick(ToNode(number), call.Parameter("fields"), NumberDefaults, NumberType);
        return picked is null ? error! : GraphReply.Of(picked);
    }

    public GraphReply ListNumbers(Waba waba, GraphCall call)
    {
        var numbers = world.NumbersOf(waba).ToArray();
        var items = new List<JsonObject>(numbers.Length);
        foreach (var number in numbers)
        {
            var (picked, error) = FieldSelector.Pick(ToNode(number), call.Parameter("fields"), NumberDefaults, NumberType);
            if (picked is null)
            {
                return error!;
            }

            items.Add(picked);
        }

        return GraphPage.Of(call, items, [.. numbers.Select(number => number.Id)]);
    }

    public static GraphReply GetWaba(Waba waba, GraphCall call)
    {
        var (picked, error) = FieldSelector.Pick(ToNode(waba), call.Parameter("fields"), WabaDefaults, WabaType);
        return picked is null ? error! : GraphReply.Of(picked);
    }

    public static GraphReply Register(BusinessNumber number, GraphCall call)
    {
        if (CheckProduct(call) is { } wrong)
        {
            return wrong;
        }

        var pin = call.Parameter("pin");
        return pin is null ? GraphErrors.ParameterRequired("pin")
            : !PinPattern().IsMatch(pin) ? new GraphError(100, "Invalid PIN format. PIN must be exactly 6 digits")
            : number.Register(pin, call.Now) is { } refused ? refused
            : GraphReply.Success;
    }

    public static GraphReply Deregister(BusinessNumber number, GraphCall call) =>
        number.Deregister(call.Now) is { } refused ? refused : GraphReply.Success;

    private static GraphError? CheckProduct(GraphCall call) => call.Parameter("messaging_product") switch
    {
        null => GraphErrors.ParameterRequired("messaging_product"),
        "whatsapp" => null,
        var other => GraphErrors.ParameterOneOf("messaging_product", "WHATSAPP", other),
    };

    private JsonObject ToNode(BusinessNumber number) => new()
    {
        ["id"] = number.Id,
        ["display_phone_number"] = PhoneNumbers.Display(number.Phone),
        ["verified_name"] = number.VerifiedName,
        ["status"] = number.Registered ? "CONNECTED" : "PENDING",
        ["quality_rating"] = "GREEN",
        ["quality_score"] = new JsonObject { ["score"] = "GREEN" },
        ["code_verification_status"] = "VERIFIED",
        ["name_status"] = "APPROVED",
        ["new_name_status"] = "NONE",
        ["platform_type"] = number.Registered ? "CLOUD_API" : "NOT_APPLICABLE",
        ["throughput"] = new JsonObject { ["level"] = number.Level == ThroughputLevel.High ? "HIGH" : "STANDARD" },
        ["account_mode"] = "LIVE",
        ["is_official_business_account"] = false,
        ["is_on_biz_app"] = false,
        ["is_pin_enabled"] = number.Pin is not null,
        ["whatsapp_business_manager_messaging_limit"] = Tier(world.Options.Limits.PortfolioPeopleMax),
        ["messaging_limit_tier"] = Tier(world.Options.Limits.PortfolioPeopleMax),
        ["webhook_configuration"] = null,
        ["username"] = null,
        ["last_onboarded_time"] = null,
        ["health_status"] = new JsonObject
        {
            ["can_send_message"] = number.Registered ? "AVAILABLE" : "BLOCKED",
            ["entities"] = new JsonArray(
                Health("PHONE_NUMBER", number.Id, number.Registered ? "AVAILABLE" : "BLOCKED"),
                Health("WABA", number.Waba.Id, "AVAILABLE"),
                Health("BUSINESS", number.Waba.BusinessId, "AVAILABLE")),
        },
    };

    private static string Tier(int peopleMax) => peopleMax switch
    {
        0 => "TIER_UNLIMITED",
        >= 1_000 => $"TIER_{peopleMax / 1_000}K",
        _ => $"TIER_{peopleMax}",
    };

    private static JsonObject ToNode(Waba waba) => new()
    {
        ["id"] = waba.Id,
        ["name"] = waba.Name,
        ["currency"] = "USD",
        ["timezone_id"] = "1",
        ["message_template_namespace"] = "ns_" + waba.Id,
        ["account_review_status"] = "APPROVED",
        ["business_verification_status"] = "verified",
        ["country"] = "US",
        ["ownership_type"] = "CLIENT_OWNED",
        ["primary_business_location"] = null,
        ["owner_business_info"] = new JsonObject { ["name"] = waba.Name, ["id"] = waba.BusinessId },
        ["on_behalf_of_business_info"] = null,
        ["marketing_messages_onboarding_status"] = "ELIGIBLE",
        ["is_enabled_for_insights"] = false,
        ["health_status"] = new JsonObject
        {
            ["can_send_message"] = "AVAILABLE",
            ["entities"] = new JsonArray(Health("WABA", waba.Id, "AVAILABLE"), Health("BUSINESS", waba.BusinessId, "AVAILABLE")),
        },
    };

    private static JsonObject Health(string type, string id, string state) =>
        new() { ["entity_type"] = type, ["id"] = id, ["can_send_message"] = state };

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex PinPattern();
}
