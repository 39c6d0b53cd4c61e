namespace Herald.Domain.Messages;

/// <summary>What a message is for. A lower number goes first.</summary>
public enum MessageClass
{
    /// <summary>A one-time code.</summary>
    Authentication = 1,

    /// <summary>An answer inside the 24-hour window, confirmations included.</summary>
    Reply = 2,

    /// <summary>A utility template.</summary>
    Utility = 3,

    /// <summary>A marketing template.</summary>
    Marketing = 4,
}
