using Herald.Api.Messages;
using Herald.Api.Tests.Support;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Messages;
using Herald.Storage.Messages;
using MessageState = Herald.Domain.Messages.MessageState;

namespace Herald.Api.Tests.Messages;

public sealed class FailureReasonTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private const string Explanation = "This contact cannot be reached on WhatsApp.";
    private const string MetaSays = "Receiver is incapable of receiving this message";

    [Fact]
    public async Task A_failed_message_is_told_with_what_it_means_and_with_what_WhatsApp_said()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = await shop.SendAsync();
        await FailAsync(shop, message, 131026, new FailureText(Explanation, MetaSays).ToStored());

        var got = await shop.GetAsync(message);
        var listed = await shop.Client.ListMessagesAsync(new ListMessagesRequest { Parent = shop.Caller.Name, ErrorCode = 131026 }, shop.Caller.Auth);
        var failed = (await shop.StoryAsync(message))[^1];

        Assert.Equal((131026, Explanation, MetaSays), (got.Error.Code, got.Error.Explanation, got.Error.Detail));
        Assert.NotEmpty(got.Error.Title);
        Assert.Equal(got, Assert.Single(listed.Messages));
        Assert.Equal((131026, got.Error.Title, Explanation, MetaSays), (failed.ErrorCode, failed.ErrorTitle, failed.ErrorExplanation, failed.ErrorDetail));
    }

    [Fact]
    public void The_stored_sentence_is_told_rather_than_that_of_the_code_alone()
    {
        // Code 100 is about the message's values; with the subcode 33 it was about the number, which the code alone does not tell.
        const string AboutTheNumber = "The phone number cannot send at the moment. Please check its state in WhatsApp Manager.";

        var error = MessageMapping.ToError(100, AboutTheNumber)!;

        Assert.Equal((AboutTheNumber, ""), (error.Explanation, error.Detail));
    }

    [Fact]
    public void Where_only_the_code_was_kept_the_table_explains_it() => Assert.Equal(Explanation, MessageMapping.ToError(131026, "")!.Explanation);

    [Theory]
    [InlineData(0, "without a code of WhatsApp's")]
    [InlineData(503, "HTTP 503, without a code of WhatsApp's")]
    [InlineData(987654321, "a code that Herald does not know")]
    public void What_is_no_code_of_the_table_gets_a_title_that_says_what_it_is(int code, string title) =>
        Assert.Equal(title, MessageMapping.ToError(code, "No answer: Timeout.")!.Title);

    [Fact]
    public void Without_code_and_text_there_is_no_error() => Assert.Null(MessageMapping.ToError(0, ""));

    private static async Task FailAsync(MessageShop shop, Message message, int code, string text) =>
        Assert.Equal(1, await shop.Store.ApplyStatusesAsync(
            [
                new StatusUpdate
                {
                    TenantId = shop.Tenant,
                    MessageId = MessageShop.IdOf(message),
                    Wamid = "wamid.failed",
                    Evidence = MessageState.Failed,
                    Time = TimeProvider.System.GetUtcNow(),
                    ErrorCode = code,
                    ErrorDetail = text,
                },
            ],
            CancellationToken.None));
}
