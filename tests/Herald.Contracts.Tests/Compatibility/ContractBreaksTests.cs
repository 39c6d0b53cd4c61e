using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Compatibility;

/// <summary>Proves the checker on copies of the contract, each changed in one way.</summary>
public sealed class ContractBreaksTests
{
    private static readonly Dictionary<string, (Action<FileDescriptorSet> Change, string Finding)> Breaks = new()
    {
        ["file removed"] = (set => set.File.Remove(Campaigns(set)), "the file is gone"),
        ["package renamed"] = (set => Campaigns(set).Package = "herald.campaigns.v2", "the package was"),
        ["C# namespace renamed"] = (set => Campaigns(set).Options.CsharpNamespace = "Herald.Campaigns", "the C# namespace was"),
        ["message removed"] = (set => RemoveNamed(Campaigns(set).MessageType, "CampaignPause"), "CampaignPause: the message is gone"),
        ["nested message removed"] = (set => Campaign(set).NestedType.Clear(), "ParametersEntry: the message is gone"),
        ["field removed"] = (set => Campaign(set).Field.Remove(Field(set, "template")), "Campaign.template: field 3 is gone"),
        ["field renumbered"] = (set => Field(set, "template").Number = 300, "Campaign.template: field 3 is gone"),
        ["field renamed"] = (set => Field(set, "template").Name = "pattern", "the name of field 3 was template and is pattern"),
        ["field's JSON name changed"] = (set => Field(set, "contact_list").JsonName = "list", "the JSON name was"),
        ["field retyped"] = (set => Field(set, "recipient_count").Type = FieldDescriptorProto.Types.Type.Int32, "the type was Int64 and is Int32"),
        ["field of another message"] = (set => Field(set, "pause").TypeName = ".herald.campaigns.v1.Campaign", "the type's name was"),
        ["field repeated"] = (set => Field(set, "template").Label = FieldDescriptorProto.Types.Label.Repeated, "the label was Optional and is Repeated"),
        ["field's presence changed"] = (set => Field(set, "template").Proto3Optional = true, "the presence was False and is True"),
        ["field moved out of its oneof"] = (set => Message(set, "ParameterSource").Field[0].ClearOneofIndex(), "the oneof was source and is none"),
        ["oneof renamed"] = (set => Message(set, "ParameterSource").OneofDecl[0].Name = "origin", "the oneof was source and is origin"),
        ["enum removed"] = (set => Campaigns(set).EnumType.Clear(), "CampaignState: the enum is gone"),
        ["enum value removed"] = (set => State(set).Value.RemoveAt(1), "value 1 was CAMPAIGN_STATE_DRAFT and is gone"),
        ["enum value renamed"] = (set => State(set).Value[1].Name = "CAMPAIGN_STATE_NEW", "and is CAMPAIGN_STATE_NEW"),
        ["enum value renumbered"] = (set => State(set).Value[1].Number = 100, "value 1 was CAMPAIGN_STATE_DRAFT and is gone"),
        ["service removed"] = (set => Campaigns(set).Service.Clear(), "CampaignsService: the service is gone"),
        ["method removed"] = (set => Service(set).Method.Remove(Method(set)), "LaunchCampaign: the method is gone"),
        ["method renamed"] = (set => Method(set).Name = "StartCampaign", "LaunchCampaign: the method is gone"),
        ["request changed"] = (set => Method(set).InputType = ".herald.campaigns.v1.PauseCampaignRequest", "the request was"),
        ["response changed"] = (set => Method(set).OutputType = ".herald.campaigns.v1.Campaign", "the response was"),
        ["requests streamed"] = (set => Method(set).ClientStreaming = true, "the streaming of requests was False and is True"),
        ["responses streamed"] = (set => Method(set).ServerStreaming = true, "the streaming of responses was False and is True"),
        ["number no longer reserved"] = (set => Campaign(set).ReservedRange.Clear(), "the numbers 900 to 910 are no longer reserved"),
        ["name no longer reserved"] = (set => Campaign(set).ReservedName.Clear(), "the name budget is no longer reserved"),
        ["enum number no longer reserved"] = (set => State(set).ReservedRange.Clear(), "the numbers 900 to 910 are no longer reserved"),
    };

    private static readonly Dictionary<string, Action<FileDescriptorSet>> Additions = new()
    {
        ["file"] = set => set.File.Add(new FileDescriptorProto { Name = "herald/new/v1/new.proto" }),
        ["message"] = set => Campaigns(set).MessageType.Add(new DescriptorProto { Name = "Variant" }),
        ["field"] = set => Campaign(set).Field.Add(new FieldDescriptorProto { Name = "variant", Number = 500 }),
        ["enum"] = set => Campaigns(set).EnumType.Add(new EnumDescriptorProto { Name = "Variant" }),
        ["enum value"] = set => State(set).Value.Add(new EnumValueDescriptorProto { Name = "CAMPAIGN_STATE_NEW", Number = 500 }),
        ["service"] = set => Campaigns(set).Service.Add(new ServiceDescriptorProto { Name = "VariantsService" }),
        ["method"] = set => Service(set).Method.Add(new MethodDescriptorProto { Name = "CopyCampaign" }),
        ["wider reservation"] = set => Campaign(set).ReservedRange[0].End = 1_000,
        ["deprecation"] = set => Field(set, "template").Options = new FieldOptions { Deprecated = true },
    };

    public static TheoryData<string> BreakNames => [.. Breaks.Keys];

    public static TheoryData<string> AdditionNames => [.. Additions.Keys];

    [Theory]
    [MemberData(nameof(BreakNames))]
    public void A_break_is_found(string name)
    {
        var (older, newer) = (Older(), Older());
        Breaks[name].Change(newer);

        var found = ContractBreaks.Find(older, newer);

        Assert.Contains(found, line => line.Contains(Breaks[name].Finding, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AdditionNames))]
    public void An_addition_is_not_a_break(string name)
    {
        var (older, newer) = (Older(), Older());
        Additions[name](newer);

        Assert.NotEqual(older, newer);
        Assert.Empty(ContractBreaks.Find(older, newer));
    }

    private static FileDescriptorSet Older()
    {
        var set = Contract.ToSet();
        Campaign(set).ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = 900, End = 910 });
        Campaign(set).ReservedName.Add("budget");
        State(set).ReservedRange.Add(new EnumDescriptorProto.Types.EnumReservedRange { Start = 900, End = 910 });
        return set;
    }

    private static FileDescriptorProto Campaigns(FileDescriptorSet set) =>
        set.File.Single(file => file.Name == "herald/campaigns/v1/campaigns.proto");

    private static DescriptorProto Message(FileDescriptorSet set, string name) =>
        Campaigns(set).MessageType.Single(message => message.Name == name);

    private static DescriptorProto Campaign(FileDescriptorSet set) => Message(set, "Campaign");

    private static FieldDescriptorProto Field(FileDescriptorSet set, string name) =>
        Campaign(set).Field.Single(field => field.Name == name);

    private static EnumDescriptorProto State(FileDescriptorSet set) =>
        Campaigns(set).EnumType.Single(type => type.Name == "CampaignState");

    private static ServiceDescriptorProto Service(FileDescriptorSet set) => Campaigns(set).Service.Single();

    private static MethodDescriptorProto Method(FileDescriptorSet set) =>
        Service(set).Method.Single(method => method.Name == "LaunchCampaign");

    private static void RemoveNamed(RepeatedField<DescriptorProto> messages, string name) =>
        messages.Remove(messages.Single(message => message.Name == name));
}
