namespace Herald.Storage.Conformance;

public sealed class BackgroundWorkTests
{
    [Fact]
    public async Task Work_stays_on_the_scheduler_that_started_it()
    {
        var pair = new ConcurrentExclusiveSchedulerPair();
        TaskScheduler? seen = null;

        await Task.Factory.StartNew(() => BackgroundWork.Run(async () =>
        {
            await Task.Yield();
            seen = TaskScheduler.Current;
        }), CancellationToken.None, TaskCreationOptions.None, pair.ExclusiveScheduler).Unwrap();

        Assert.Same(pair.ExclusiveScheduler, seen);
    }

    [Fact]
    public async Task What_the_work_throws_is_its_task_s()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackgroundWork.Run(() => Task.FromException(new InvalidOperationException("no"))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackgroundWork.Run(Refuse));

        static void Refuse() => throw new InvalidOperationException("no");
    }
}
