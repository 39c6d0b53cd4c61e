namespace Herald.Simulator;

/// <summary>A business of the simulator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BusinessId">Node id of the portfolio.</param>
/// <param name="WabaId">Node id of the WhatsApp business account.</param>
/// <param name="Token">Its access token: <c>whatsapp_business_management</c> and <c>whatsapp_business_messaging</c> on <paramref name="WabaId"/>.</param>
/// <param name="Numbers">Its numbers, in the order given.</param>
public sealed record SimulatedBusiness(string Name, string BusinessId, string WabaId, string Token, IReadOnlyList<SimulatedNumber> Numbers);
