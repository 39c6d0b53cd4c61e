namespace GrpcFacades.Tests;

/// <summary>How long a test waits for something that must happen.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits for a task, and fails with the name of what was waited for when it does not finish.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }

    /// <summary>Waits for a task, and fails with the name of what was waited for when it does not finish.</summary>
    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{what} did not happen within {Limit.TotalSeconds} s.");
        }
    }
}
