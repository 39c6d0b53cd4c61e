namespace Herald.Domain.Campaigns;

/// <summary>Who or what paused a campaign.</summary>
public enum PauseCause
{
    /// <summary>The campaign is not paused.</summary>
    None = 0,

    /// <summary>An owner, from WhatsApp.</summary>
    Owner = 1,

    /// <summary>A partner system or an operator, over the API.</summary>
    Partner = 2,

    /// <summary>The quality guard, because of failures, opt-outs or falling quality.</summary>
    QualityGuard = 3,

    /// <summary>Meta paused or disabled the template.</summary>
    TemplatePaused = 4,

    /// <summary>Meta no longer accepts the sender's token.</summary>
    TokenInvalid = 5,

    /// <summary>The portfolio's daily limit of people is used up.</summary>
    Budget = 6,

    /// <summary>The sender is restricted or disconnected.</summary>
    SenderUnavailable = 7,
}
