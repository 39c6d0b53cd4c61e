namespace Orleans.Tests.Grains;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Touch();

    Task End();

    Task Hold(string gate);

    Task Delay(TimeSpan span);

    Task StartTimer(string name, TimeSpan due, TimeSpan period, bool fails);

    Task StopTimer();

    Task<bool> TimerSeesContext();
}
