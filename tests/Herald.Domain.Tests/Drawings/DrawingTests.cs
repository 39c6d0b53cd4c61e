using Herald.Domain.Campaigns;
using Herald.Domain.Control;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Stateless.Reflection;

namespace Herald.Domain.Tests.Drawings;

public sealed class DrawingTests
{
    private const string UpdateVariable = "HERALD_UPDATE_DRAWINGS";

    [Fact]
    public void The_drawing_of_a_campaigns_life_shows_its_table() => Check(
        "Campaigns/CampaignLifecycle.md",
        "The life of a campaign",
        CampaignLifecycle.Create(CampaignState.Draft, null).GetInfo(),
        nameof(CampaignState.Draft));

    [Fact]
    public void The_drawing_of_a_messages_life_shows_its_table() => Check(
        "Messages/MessageLifecycle.md",
        "The life of a message",
        MessageLifecycle.Create(MessageState.Queued).GetInfo(),
        nameof(MessageState.Queued));

    [Fact]
    public void The_drawing_of_a_templates_life_shows_its_table() => Check(
        "Templates/TemplateLifecycle.md",
        "The life of a template",
        TemplateLifecycle.Create(TemplateState.Draft).GetInfo(),
        nameof(TemplateState.Draft));

    [Fact]
    public void The_drawing_of_a_senders_life_shows_its_table() => Check(
        "Senders/SenderLifecycle.md",
        "The life of a sender",
        SenderLifecycle.Create(SenderState.Pending).GetInfo(),
        nameof(SenderState.Pending));

    [Fact]
    public void The_drawing_of_the_control_conversation_shows_its_table() => Check(
        "Control/ControlConversation.md",
        "The conversation with an owner",
        ControlMachine.Create(() => ControlState.Unlinked, _ => { }, () => null).GetInfo(),
        nameof(ControlState.Unlinked));

    private static void Check(string path, string title, StateMachineInfo machine, string initial)
    {
        var file = Path.Combine(FindRoot(), "src", "Herald.Domain", path);
        var expected = $"""
            # {title}

            Drawn from the table in the code by `DrawingTests`; do not edit. After a change of the table run the test once with
            `{UpdateVariable}=1`.

            ```mermaid
            {MermaidDrawing.Draw(machine, initial)}
            ```

            """.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(file, expected);

        var actual = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        Assert.True(
            expected == actual,
            $"{path} does not show the table. Run the test once with {UpdateVariable}=1, look at the change, and check it in.\n{expected}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Grpc.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository: no Grpc.sln above them.");
    }
}
