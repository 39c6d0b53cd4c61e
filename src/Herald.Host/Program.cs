using System.CommandLine;
using Herald.Host.Demo;
using Herald.Host.Start;

var root = new RootCommand("Herald runs WhatsApp campaigns. Without a command it serves, configured by appsettings.json and HERALD__… variables.")
{
    ServeCommand.CreateMigrate(),
    RepairCommand.Create(),
    DemoCommand.Create(),
};
root.TreatUnmatchedTokensAsErrors = true;
root.SetAction((_, ct) => ServeCommand.RunAsync(args: [], ct));
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
// As usual for programs that were called in a way they do not know; 1 has a meaning of its own for commands.
const int NotUnderstood = 2;
return parsed.Errors.Count > 0 ? NotUnderstood : exitCode;
