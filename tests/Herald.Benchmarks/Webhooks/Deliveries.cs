using System.Globalization;
using System.Text;
using Herald.Benchmarks.World;

namespace Herald.Benchmarks.Webhooks;

/// <summary>Bodies of deliveries with one change each, as Meta mostly sends them.</summary>
internal static class Deliveries
{
    public static byte[] Status(SimulatorProcess simulator, Guid message, string status, DateTimeOffset time) => Body(simulator,
        $$"""
        "statuses":[{"id":"wamid.{{message:N}}","status":"{{status}}","timestamp":"{{Seconds(time)}}","recipient_id":"34600000001","biz_opaque_callback_data":"herald:{{message}}"}]
        """);

    public static byte[] Text(SimulatorProcess simulator, string phone, string text, DateTimeOffset time) => Body(simulator,
        $$$"""
        "contacts":[{"profile":{"name":"Person"},"wa_id":"{{{phone}}}"}],
        "messages":[{"from":"{{{phone}}}","id":"wamid.{{{phone}}}{{{Seconds(time)}}}","timestamp":"{{{Seconds(time)}}}","type":"text","text":{"body":"{{{text}}}"}}]
        """);

    private static byte[] Body(SimulatorProcess simulator, string items) => Encoding.UTF8.GetBytes(
        $$$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{{simulator.Business.WabaId}}}}","changes":[{"value":{"messaging_product":"whatsapp",
        "metadata":{"display_phone_number":"{{{{simulator.Business.Numbers[0].Phone}}}}","phone_number_id":"{{{{simulator.PhoneNumberId}}}}"},
        {{{{items}}}}
        },"field":"messages"}]}]}
        """);

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
