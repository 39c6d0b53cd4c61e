using System.Text;

namespace Herald.Domain.Control;

/// <summary>
/// One message to the owner: a text alone, or with buttons, or with a list. It keeps within Meta's limits by construction: names that are
/// too long for their place end in an ellipsis.
/// </summary>
public sealed class ControlReply
{
    private ControlReply(string text, IReadOnlyList<ControlButton> buttons, string listTitle, IReadOnlyList<ControlRow> rows)
    {
        var isPlain = buttons.Count == 0 && rows.Count == 0;
        Text = Fit(text, isPlain ? ControlLimits.PlainTextMax : ControlLimits.InteractiveTextMax);
        Buttons = buttons;
        ListTitle = Fit(listTitle, ControlLimits.ButtonTitleMax);
        Rows = rows;
    }

    /// <summary>The text; never empty.</summary>
    public string Text { get; }

    /// <summary>Up to three buttons; empty if it has a list or is a text alone.</summary>
    public IReadOnlyList<ControlButton> Buttons { get; }

    /// <summary>What is written on the button that opens the list; empty if it has none.</summary>
    public string ListTitle { get; }

    /// <summary>Up to ten rows of a list; empty if it has none.</summary>
    public IReadOnlyList<ControlRow> Rows { get; }

    /// <summary>A text alone.</summary>
    public static ControlReply Plain(string text) => new(text, [], string.Empty, []);

    /// <summary>A text with one to three buttons.</summary>
    public static ControlReply WithButtons(string text, params IReadOnlyList<ControlButton> buttons)
    {
        ArgumentNullException.ThrowIfNull(buttons);
        ArgumentOutOfRangeException.ThrowIfZero(buttons.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buttons.Count, ControlLimits.ButtonsMax);
        return new(text, [.. buttons.Select(button => button with { Title = Fit(button.Title, ControlLimits.ButtonTitleMax) })], string.Empty, []);
    }

    /// <summary>A text with a list of one to ten rows.</summary>
    public static ControlReply WithList(string text, string listTitle, IReadOnlyList<ControlRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, ControlLimits.RowsMax);
        return new(text, [], listTitle, [.. rows.Select(FitRow)]);
    }

    private static ControlRow FitRow(ControlRow row) => row with
    {
        Title = Fit(row.Title, ControlLimits.RowTitleMax),
        Description = Fit(row.Description, ControlLimits.RowDescriptionMax),
    };

    private static string Fit(string text, int codePointsMax)
    {
        if (text.EnumerateRunes().Count() <= codePointsMax)
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Take(codePointsMax - 1))
            result.Append(rune);
        return result.Append('…').ToString();
    }
}
