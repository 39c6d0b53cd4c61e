namespace Orleans.Tests.Grains;

public sealed class SelfFilteringGrain : Grain, ISelfFilteringGrain, IIncomingGrainCallFilter
{
    public Task<string> Work() => Task.FromResult("work");

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        context.Result = $"own {context.Result}";
    }
}
