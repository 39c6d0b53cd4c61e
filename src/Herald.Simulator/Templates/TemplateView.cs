namespace Herald.Simulator;

/// <summary>A template as the simulator holds it.</summary>
/// <param name="Id">Node id.</param>
/// <param name="WabaId">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Language">Its language code.</param>
/// <param name="Category">Upper case.</param>
/// <param name="Status">Upper case.</param>
public sealed record TemplateView(string Id, string WabaId, string Name, string Language, string Category, string Status);
