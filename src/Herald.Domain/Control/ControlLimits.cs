namespace Herald.Domain.Control;

/// <summary>The limits of a conversation: Herald's own, and Meta's for what a reply may hold, counted in code points.</summary>
public static class ControlLimits
{
    /// <summary>How often a one-time code may be mistyped before it is void.</summary>
    public const int CodeTriesMax = 3;

    /// <summary>How often a wrong link code may be sent before the phone must wait for <see cref="LinkBlock"/>.</summary>
    public const int LinkTriesMax = 5;

    /// <summary>Campaigns on one page: one row of a list is left for "More".</summary>
    public const int PageSize = 9;

    /// <summary>Buttons of one reply.</summary>
    public const int ButtonsMax = 3;

    /// <summary>Rows of one list.</summary>
    public const int RowsMax = 10;

    /// <summary>Title of a button, and of the button that opens a list.</summary>
    public const int ButtonTitleMax = 20;

    /// <summary>Title of a row.</summary>
    public const int RowTitleMax = 24;

    /// <summary>Description of a row.</summary>
    public const int RowDescriptionMax = 72;

    /// <summary>Text above buttons or a list.</summary>
    public const int InteractiveTextMax = 1024;

    /// <summary>Text that stands alone.</summary>
    public const int PlainTextMax = 4096;

    /// <summary>From this many recipients on, the one-time code has six digits instead of four.</summary>
    public const long LongCodeRecipientsMin = 10_000;

    /// <summary>How long a one-time code holds.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>After this much silence a half-done choice is forgotten.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(30);

    /// <summary>How long a phone that guessed link codes must wait.</summary>
    public static readonly TimeSpan LinkBlock = TimeSpan.FromHours(1);
}
