namespace Herald.Simulator;

public sealed partial class SimulatorControl
{
    /// <summary>
    /// Raises a number to <see cref="ThroughputLevel.High"/> as Meta does: for <paramref name="outage"/> it answers 131057 to every message, then it
    /// has the level, and the webhook <c>THROUGHPUT_UPGRADE</c> tells it.
    /// </summary>
    /// <param name="phoneNumberId">Node id.</param>
    /// <param name="outage">In the simulator's time, a minute at most.</param>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The outage is negative or longer than a minute.</exception>
    public void RaiseThroughput(string phoneNumberId, TimeSpan outage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outage, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outage, TimeSpan.FromMinutes(1));
        var number = _world.FindNumber(phoneNumberId) ?? throw new KeyNotFoundException("There is no such number.");
        number.BeginUpgrade();
        _scheduler.After(outage, () =>
        {
            if (number.EndUpgrade())
            {
                _sender.Enqueue(new NumberQualityUpdate(number, "THROUGHPUT_UPGRADE", _time.GetUtcNow()));
            }
        });
    }
}
