using Orleans;

namespace Herald.Grains.Control;

/// <summary>One person's conversation with one control number. Key: <see cref="GrainKeys.ControlSession"/>.</summary>
[Alias("Herald.Grains.Control.IControlSessionGrain")]
public interface IControlSessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes one message of the person, carries out what it asks for, persists the conversation and queues the replies. The same
    /// message id a second time changes nothing and queues the same replies under the same keys.
    /// </summary>
    [Alias("Receive")]
    Task Receive(ControlMessage turn);
}
