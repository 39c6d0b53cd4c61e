using Herald.Simulator;

return await SimulatorCommand.RunAsync(args, Console.Out, CancellationToken.None);
