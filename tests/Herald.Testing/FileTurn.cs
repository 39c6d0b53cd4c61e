namespace Herald.Testing;

/// <summary>Lets one process at a time do something, by holding a file open.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Waits for the turn; disposing the result ends it.</summary>
    public static async Task<FileStream> TakeAsync(string path)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Interval, TimeProvider.System, limit.Token);
            }
        }
    }
}
