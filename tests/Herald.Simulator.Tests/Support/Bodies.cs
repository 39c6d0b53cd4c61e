namespace Herald.Simulator.Tests;

/// <summary>Request bodies of the tests' own making.</summary>
internal static class Bodies
{
    public const string PromoTemplate = """
        {"name":"spring_offer","language":"en_US","category":"marketing","components":[
          {"type":"body","text":"Hello {{1}}, our garden shop gives you {{2}} off until Sunday.","example":{"body_text":[["Ana","20 %"]]}},
          {"type":"footer","text":"Tap below to get no more of these"},
          {"type":"buttons","buttons":[{"type":"quick_reply","text":"Show me"},{"type":"quick_reply","text":"Stop promotions"}]}]}
        """;

    public static string Promo(string to, string data) => $$$"""
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"{{{to}}}","type":"template","biz_opaque_callback_data":"{{{data}}}",
         "template":{"name":"spring_offer","language":{"code":"en_US"},"components":[
           {"type":"body","parameters":[{"type":"text","text":"Zoë"},{"type":"text","text":"10 %"}]},
           {"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"optout:promos"}]}]}}
        """;

    public static string Template(string name, string components) => $$$"""
        {"messaging_product":"whatsapp","to":"+{{{Rig.Person}}}","type":"template",
         "template":{"name":"{{{name}}}","language":{"code":"en_US"},"components":[{{{components}}}]}}
        """;

    public static string Interactive(string interactive) =>
        $$"""{"messaging_product":"whatsapp","to":"+{{Rig.Person}}","type":"interactive","interactive":{{interactive}}}""";
}
