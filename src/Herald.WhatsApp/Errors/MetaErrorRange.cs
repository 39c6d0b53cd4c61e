namespace Herald.WhatsApp.Errors;

/// <summary>A run of codes that share one row.</summary>
internal sealed record MetaErrorRange(int First, int Last, MetaError Error);
