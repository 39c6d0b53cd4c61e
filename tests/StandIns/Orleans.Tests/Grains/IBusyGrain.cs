namespace Orleans.Tests.Grains;

public interface IBusyGrain : IGrainWithStringKey
{
    Task Pass(string name);

    Task<int> CountSlowly();
}
