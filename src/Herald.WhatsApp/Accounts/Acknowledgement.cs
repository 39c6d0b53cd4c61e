namespace Herald.WhatsApp.Accounts;

/// <summary>Meta's plain "success", which carries nothing else.</summary>
public sealed record Acknowledgement
{
    /// <summary>The only value.</summary>
    public static Acknowledgement Instance { get; } = new();

    private Acknowledgement()
    {
    }
}
