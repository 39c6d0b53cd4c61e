using Herald.Simulator;

return await SimulatorCommand.RunAsync(args);
