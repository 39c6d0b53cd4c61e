namespace Orleans.Tests.Grains;

public interface ISelfFilteringGrain : IGrainWithStringKey
{
    Task<string> Work();
}
