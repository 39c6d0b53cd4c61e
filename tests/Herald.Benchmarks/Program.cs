using Herald.Benchmarks;

return await BenchmarkCommands.CreateRoot().Parse(args).InvokeAsync();
