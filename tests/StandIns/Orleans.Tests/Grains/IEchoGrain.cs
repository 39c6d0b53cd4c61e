namespace Orleans.Tests.Grains;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    ValueTask<int> Add(int first, int second);

    ValueTask Nothing();

    Task<string?> NullText();

    Task<string> Key();

    Task<int> CountCalls();

    Task Fail(string message);

    Task<string> EchoBy(string otherKey, string text);

    Task<string?> ReadContext(string name);

    Task<string?> ReadContextBy(string otherKey, string name);

    Task WriteContext(string name, string value);

    Task<IEchoGrain> Self();

    Task<bool> SeesAmbient();
}
