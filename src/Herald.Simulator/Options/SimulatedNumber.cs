namespace Herald.Simulator;

/// <summary>A business phone number of the simulator.</summary>
/// <param name="PhoneNumberId">Its node id.</param>
/// <param name="Phone">Digits with country code, no plus.</param>
/// <param name="Setup">What it was created from.</param>
public sealed record SimulatedNumber(string PhoneNumberId, string Phone, NumberSetup Setup);
