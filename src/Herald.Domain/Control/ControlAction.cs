namespace Herald.Domain.Control;

/// <summary>What a campaign is chosen for.</summary>
public enum ControlAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To look through the list.</summary>
    Browse = 1,

    /// <summary>To see its figures.</summary>
    Status = 2,

    /// <summary>To launch it.</summary>
    Launch = 3,

    /// <summary>To pause it.</summary>
    Pause = 4,

    /// <summary>To resume it.</summary>
    Resume = 5,

    /// <summary>To cancel it.</summary>
    Cancel = 6,
}
