using Herald.Simulation;

return Arguments.Read(args) is { } arguments ? Seeds.Play(arguments) : Arguments.Explain();
