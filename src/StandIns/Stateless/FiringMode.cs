namespace Stateless;

/// <summary>Says what happens to a trigger that is fired while another one is being handled.</summary>
public enum FiringMode
{
    /// <summary>It is handled at once, inside the action that fired it; there is no run to completion.</summary>
    Immediate,

    /// <summary>It waits until the running trigger has been handled completely. The default.</summary>
    Queued,
}
