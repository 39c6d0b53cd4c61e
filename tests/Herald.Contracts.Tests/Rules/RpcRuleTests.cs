using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Rules;

/// <summary>What every method of the contract has; new methods are covered without being named.</summary>
public sealed class RpcRuleTests
{
    private static readonly string[] ReadingVerbs = ["Get", "List", "Watch"];

    /// <summary>Requests that name no resource, each with its reason.</summary>
    private static readonly Dictionary<string, string> Nameless = new()
    {
        ["herald.tenants.v1.CreateTenantRequest"] = "a tenant has no parent",
        ["herald.tenants.v1.ListTenantsRequest"] = "a tenant has no parent",
    };

    public static TheoryData<string> AllMethods => [.. Contract.Methods.Select(method => method.FullName)];

    public static TheoryData<string> ListMethods => [.. Where(method => Verb(method) == "List")];

    public static TheoryData<string> ChangingMethods => [.. Where(method => !ReadingVerbs.Contains(Verb(method)))];

    public static TheoryData<string> UpdateMethods => [.. Where(method => Verb(method) == "Update")];

    [Fact]
    public void There_are_methods_to_check()
    {
        Assert.True(Contract.Methods.Count() >= 40);
        Assert.NotEmpty(ListMethods);
        Assert.NotEmpty(ChangingMethods);
        Assert.NotEmpty(UpdateMethods);
    }

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void A_method_has_request_and_response_types_of_its_own(string name)
    {
        var method = Find(name);

        Assert.Equal(method.Name + "Request", method.InputType.Name);
        Assert.Equal(method.Name + "Response", method.OutputType.Name);
        Assert.Equal(method.File.Package, method.InputType.File.Package);
        Assert.Equal(method.File.Package, method.OutputType.File.Package);
        Assert.Equal(1, Contract.Methods.Count(other => other.InputType == method.InputType || other.OutputType == method.OutputType));
    }

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void A_request_names_its_resource_or_parent_unless_it_is_listed(string name)
    {
        var request = Find(name).InputType;

        var isNamed = HasString(request, "name")
            || Parts(request).Any(part => HasString(part, "parent"))
            || (Verb(Find(name)) == "Update" && HasString(request.FindFieldByNumber(1).MessageType, "name"));

        Assert.NotEqual(Nameless.ContainsKey(request.FullName), isNamed);
    }

    [Theory]
    [MemberData(nameof(ChangingMethods))]
    public void A_change_takes_a_request_id(string name) =>
        Assert.Contains(Parts(Find(name).InputType), part => HasString(part, "request_id"));

    [Theory]
    [MemberData(nameof(ListMethods))]
    public void A_list_is_paged(string name)
    {
        var method = Find(name);

        Assert.Equal(FieldType.Int32, method.InputType.FindFieldByName("page_size")?.FieldType);
        Assert.True(HasString(method.InputType, "page_token"));
        Assert.True(HasString(method.OutputType, "next_page_token"));
        var items = method.OutputType.FindFieldByNumber(1);
        Assert.True(items.IsRepeated && items.FieldType == FieldType.Message, "Field 1 of a list's response is its items.");
    }

    [Theory]
    [MemberData(nameof(UpdateMethods))]
    public void An_update_takes_a_mask_and_the_etag_in_its_resource(string name)
    {
        var request = Find(name).InputType;

        Assert.Equal("google.protobuf.FieldMask", request.FindFieldByName("update_mask")?.MessageType.FullName);
        Assert.True(HasString(request.FindFieldByNumber(1).MessageType, "name"));
        Assert.True(HasString(request.FindFieldByNumber(1).MessageType, "etag"));
    }

    [Theory]
    [MemberData(nameof(ChangingMethods))]
    public void A_change_of_a_versioned_resource_takes_its_etag(string name)
    {
        var method = Find(name);
        if (!HasString(method.InputType, "name"))
            return;

        var resource = ResourceOf(method.Service);

        Assert.Equal(HasString(resource, "etag"), HasString(method.InputType, "etag"));
    }

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void The_resource_is_field_one_of_the_response(string name)
    {
        var method = Find(name);
        if (Verb(method) is not ("Get" or "Create" or "Update") || method.Name == "CreateOwnerLinkCode")
            return;

        var field = method.OutputType.FindFieldByNumber(1);

        Assert.Equal(FieldType.Message, field.FieldType);
        Assert.Equal(method.Name[Verb(method).Length..], field.MessageType.Name);
    }

    [Fact]
    public void Fields_are_numbered_from_one_without_gaps()
    {
        var messages = Contract.Files.SelectMany(file => file.MessageTypes).ToList();

        Assert.NotEmpty(messages);
        Assert.All(messages, message =>
        {
            var reserved = message.ToProto().ReservedRange.SelectMany(range => Enumerable.Range(range.Start, range.End - range.Start));
            var numbers = message.Fields.InDeclarationOrder().Select(field => field.FieldNumber).Concat(reserved).Order();

            Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
        });
    }

    [Fact]
    public void Packages_are_directories_with_a_major_version_and_a_namespace_of_their_own()
    {
        Assert.All(Contract.Files, file =>
        {
            Assert.Equal(Path.GetDirectoryName(file.Name)!.Replace('/', '.'), file.Package);
            Assert.Matches("^herald\\.[a-z]+\\.v[0-9]+$", file.Package);
            var segments = file.Package.Split('.').Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
            Assert.Equal($"Herald.Contracts.{string.Join('.', segments)}", file.ToProto().Options.CsharpNamespace);
        });
    }

    private static IEnumerable<string> Where(Func<MethodDescriptor, bool> filter) =>
        Contract.Methods.Where(filter).Select(method => method.FullName);

    private static MethodDescriptor Find(string name) => Contract.Methods.Single(method => method.FullName == name);

    private static string Verb(MethodDescriptor method) =>
        new([method.Name[0], .. method.Name.Skip(1).TakeWhile(letter => !char.IsAsciiLetterUpper(letter))]);

    private static bool HasString(MessageDescriptor message, string field) =>
        message.FindFieldByName(field) is { FieldType: FieldType.String, IsRepeated: false };

    /// <summary>The request and the messages that stand in it, such as a stream's header.</summary>
    private static IEnumerable<MessageDescriptor> Parts(MessageDescriptor request) =>
        request.Fields.InDeclarationOrder()
            .Where(field => field.FieldType == FieldType.Message && !field.IsMap)
            .Select(field => field.MessageType)
            .Prepend(request);

    /// <summary>What a service is about: the message in field 1 of the answer to its first Get or List method.</summary>
    private static MessageDescriptor ResourceOf(ServiceDescriptor service) =>
        service.Methods.First(method => Verb(method) is "Get" or "List").OutputType.FindFieldByNumber(1).MessageType;
}
