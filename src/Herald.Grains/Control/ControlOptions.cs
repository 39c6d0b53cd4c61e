namespace Herald.Grains.Control;

/// <summary>How owners are served on control numbers. Section <c>Herald:Control</c>.</summary>
public sealed class ControlOptions
{
    /// <summary>How long after a launch by chat nothing is sent yet, so that it can be undone; 0 to 1 h, default 30 s.</summary>
    public TimeSpan UndoWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The language for a phone that is not linked: <c>en</c>, <c>es</c> or <c>pt</c>; default <c>en</c>.</summary>
    public string FallbackLanguage { get; set; } = "en";
}
