using Herald.Chaos;

return await ChaosCommand.RunAsync(args, Console.Out, CancellationToken.None);
