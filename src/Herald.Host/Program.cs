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
return await root.Parse(args).InvokeAsync();
