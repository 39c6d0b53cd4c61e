namespace Herald.Simulator;

/// <summary>How many messages a second a number may send and receive together.</summary>
public enum ThroughputLevel
{
    /// <summary>80 messages a second unless <see cref="LimitOptions.StandardPerSecond"/> says otherwise.</summary>
    Standard,

    /// <summary>1,000 messages a second unless <see cref="LimitOptions.HighPerSecond"/> says otherwise.</summary>
    High,
}
