using System.Text.Json;
using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Tests.Errors;

public sealed class MetaFailureReaderTests
{
    // File, HTTP status, then: code, subcode, details, user title, trace id, whether it passes, reaction. Null: no error of Meta's.
    private static readonly Dictionary<string, (int HttpStatus, MetaFailureText? Expected)> Expectations = new()
    {
        ["throughput"] = (400, new(130429, 2494055, "Throughput reached.", null, "Tr1", false, Reaction.SlowDownSender)),
        ["details_in_a_text"] = (400, new(131009, null, "Body too long", null, null, false, Reaction.FailMessage)),
        ["details_in_a_plain_text"] = (400, new(131009, null, "Body too long", null, null, false, Reaction.FailMessage)),
        ["template_rule_with_user_texts"] = (400, new(100, 2388024, null, "Content exists", "Tr2", false, Reaction.FailMessage)),
        ["token_expired"] = (401, new(190, 463, null, null, "Tr3", false, Reaction.DisconnectToken)),
        ["temporary_overload"] = (503, new(2, null, null, null, null, true, Reaction.UnknownOutcome)),
        ["code_of_the_future_passing"] = (400, new(777777, null, null, null, null, true, Reaction.RetryWithBackoff)),
        ["errors_in_plural"] = (400, new(139102, null, null, null, null, false, Reaction.FailMessage)),
        ["without_code"] = (500, null),
        ["error_is_a_text"] = (400, null),
    };

    public static TheoryData<string> Cases => [.. Expectations.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_error_body_reads_as_expected(string name)
    {
        var (httpStatus, expected) = Expectations[name];
        using var document = JsonDocument.Parse(TestData.Bytes("errors", name));

        var failure = MetaFailureReader.Read(document.RootElement, httpStatus, retryAfter: null);

        var actual = failure is null
            ? null
            : new MetaFailureText(
                failure.Code, failure.Subcode, failure.Details, failure.UserTitle, failure.TraceId, failure.IsTransient, failure.Reaction);
        Assert.Equal(expected, actual);
        if (failure is not null) Assert.Equal(httpStatus, failure.HttpStatus);
    }

    [Fact]
    public void Every_error_body_has_an_expectation()
    {
        Assert.Equal(TestData.Names("errors"), Expectations.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_failure_does_not_show_Metas_texts_in_a_log()
    {
        using var document = JsonDocument.Parse("""{"error":{"code":131026,"message":"to +34600111222","error_data":{"details":"+34600111222"}}}""");

        var failure = MetaFailureReader.Read(document.RootElement, 400, retryAfter: null);

        Assert.NotNull(failure);
        Assert.DoesNotContain("34600111222", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("34600111222", new Herald.WhatsApp.Messages.SendResult.Refused(failure).ToString(), StringComparison.Ordinal);
    }

    private sealed record MetaFailureText(
        int? Code, int? Subcode, string? Details, string? UserTitle, string? TraceId, bool IsTransient, Reaction Reaction);
}
