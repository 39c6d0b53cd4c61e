using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Tests.Isolation;

/// <summary>Each field of each request in turn is spoilt: the answer names the field and the rule, and nothing is Herald's own mistake.</summary>
public sealed class BadInputTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private static readonly string TooLong = new('x', 100_000);

    /// <summary>Texts that may be of any form within their length.</summary>
    private static readonly string[] FreeTexts =
    [
        "display_name", "detail", "consent_source", "consent_wording", "wording", "origin", "policy_version", "text", "example",
        "stop_keywords", "start_keywords", "access_token", "caption", "file_name", "footer", "header_text", "button_text", "place_name", "place_address",
    ];

    private ApiHost Host => api.Host;

    [Fact]
    public Task A_text_that_is_too_long_is_refused_by_its_path() =>
        CheckAsync(field => field.Field.FieldType == FieldType.String, _ => TooLong);

    [Fact]
    public Task A_text_with_the_character_nul_is_refused_by_its_path() =>
        CheckAsync(field => field.Field.FieldType == FieldType.String, _ => "a\0b");

    [Fact]
    public Task A_malformed_text_is_refused_by_its_path() =>
        CheckAsync(field => field.Field.FieldType == FieldType.String && !FreeTexts.Contains(field.Field.Name), _ => "\t~é~\n");

    [Fact]
    public Task An_unknown_value_of_an_enumeration_is_refused_by_its_path() =>
        CheckAsync(field => field.Field.FieldType == FieldType.Enum, _ => 4_711);

    [Fact]
    public Task A_time_that_no_calendar_has_is_refused_by_its_path() =>
        CheckAsync(field => IsTime(field.Field), _ => new Timestamp { Seconds = long.MaxValue, Nanos = -1 });

    [Fact]
    public Task A_negative_number_is_refused_by_its_path() =>
        CheckAsync(field => field.Field.FieldType == FieldType.Int32, _ => -1);

    [Fact]
    public Task A_required_text_that_is_missing_is_refused_by_its_path() => CheckAsync(
        field => field.Field.FieldType is FieldType.String && ProtoComments.Of(field.Field.FullName).Contains("Required.", StringComparison.Ordinal),
        _ => "");

    [Fact]
    public Task A_required_value_of_an_enumeration_that_is_missing_is_refused_by_its_path() => CheckAsync(
        field => field.Field.FieldType is FieldType.Enum && ProtoComments.Of(field.Field.FullName).StartsWith("Required.", StringComparison.Ordinal),
        _ => 0);

    [Fact]
    public async Task An_empty_request_is_refused_by_a_path_or_answered()
    {
        var caller = await Host.NewTenantAsync();
        var failures = new List<string>();

        foreach (var method in RpcCatalog.Methods.Where(method => method.Name != "ListTenants"))
        {
            var detail = await CallAsync(method, method.InputType.Parser.ParseFrom([]), caller);
            if (detail is not { FieldViolations.Count: > 0 })
                failures.Add($"{method.FullName}: {detail}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private async Task CheckAsync(Func<RequestField, bool> isSpoilt, Func<RequestField, object> bad)
    {
        var mine = await Neighbour.CreateAsync(Host);
        var failures = new List<string>();
        var attempts = 0;
        foreach (var method in RpcCatalog.Methods)
        {
            foreach (var field in RequestBuilder.FieldsOf(method.InputType).Where(isSpoilt))
            {
                attempts++;
                var request = RequestBuilder.Fill(method.InputType, mine.Name);
                if (method.InputType.FindFieldByName("update_mask") is { } mask)
                    mask.Accessor.SetValue(request, new FieldMask { Paths = { RequestBuilder.WritableFields(method.InputType) } });
                field.Set(request, bad(field));
                var detail = await CallAsync(method, request, CallerOf(method, mine));
                if (detail is null || !detail.FieldViolations.Any(violation => IsAt(violation.Field, field.Path) && violation.Rule.Length > 0))
                    failures.Add($"{method.FullName} {field.Path}: {detail}");
            }
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(attempts > 0);
    }

    /// <summary>Only the system tenant creates tenants.</summary>
    private TestCaller CallerOf(MethodDescriptor method, Neighbour mine) => method.Name == "CreateTenant" ? Host.Admin : mine.Caller;

    private async Task<ErrorDetail?> CallAsync(MethodDescriptor method, IMessage request, TestCaller caller)
    {
        try
        {
            await RpcCatalog.CallAsync(Host.Channel, method, request, caller.Auth);
            return null;
        }
        catch (RpcException exception)
        {
            return Expect.DetailOf(exception);
        }
    }

    private static bool IsAt(string reported, string path) =>
        reported == path || reported.StartsWith(path + ".", StringComparison.Ordinal) || reported.StartsWith(path + "[", StringComparison.Ordinal);

    private static bool IsTime(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType.FullName == Timestamp.Descriptor.FullName;
}
