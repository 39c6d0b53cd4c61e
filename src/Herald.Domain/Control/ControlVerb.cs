namespace Herald.Domain.Control;

/// <summary>What an owner can ask for.</summary>
internal enum ControlVerb
{
    None,
    Menu,
    Help,
    Campaigns,
    Status,
    Launch,
    Pause,
    Resume,
    Cancel,
    Undo,
    Templates,
    OptOuts,
    OptOut,
    Language,
    Switch,
    Unlink,
    Link,
    More,
    Yes,
    No,
}
