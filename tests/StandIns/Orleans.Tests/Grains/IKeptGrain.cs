namespace Orleans.Tests.Grains;

public interface IKeptGrain : IGrainWithStringKey
{
    Task<int> Touch();
}
