using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Simulator;

namespace Herald.Api.Tests.Templates;

public sealed class TemplateTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private TemplatesService.TemplatesServiceClient Templates => new(api.Host.Channel);

    [Fact]
    public async Task A_template_comes_back_as_it_was_written()
    {
        var (caller, business) = await ConnectedAsync();
        var wanted = World.NewTemplate(business.WabaId, "summer_sale");
        wanted.Header = new TemplateHeader { Text = "For {{1}}", Examples = { ["1"] = "you" } };
        wanted.Buttons.Add(new TemplateButton { Url = new UrlButton { Text = "Shop", Url = "https://shop.example/{{1}}", Example = "sale" } });

        var template = (await CreateAsync(caller, wanted)).Template;

        Assert.Equal(TemplateState.Draft, template.State);
        Assert.Equal((wanted.Header, wanted.Body, wanted.Footer), (template.Header, template.Body, template.Footer));
        Assert.Equal(wanted.Buttons, template.Buttons);
        Assert.Equal((wanted.TemplateName, "en_US", TemplateCategory.Marketing), (template.TemplateName, template.Language, template.Category));
    }

    [Fact]
    public async Task Every_broken_rule_of_WhatsApp_is_named_by_its_path()
    {
        var (caller, business) = await ConnectedAsync();
        var wanted = World.NewTemplate(business.WabaId, "Summer Sale");
        wanted.Body = new TemplateBody { Text = "{{1}} hello" };
        wanted.Footer.Text = new string('x', 61);
        wanted.Buttons.Add(new TemplateButton { Url = new UrlButton { Text = "", Url = "shop" } });

        var detail = await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, () => CreateAsync(caller, wanted));

        var fields = detail.FieldViolations.Select(violation => violation.Field).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "template.body.examples", "template.body.text", "template.buttons[1].url.text", "template.buttons[1].url.url",
                "template.footer.text", "template.template_name",
            ],
            fields);
    }

    [Fact]
    public async Task A_name_is_taken_once_in_a_language_of_an_account()
    {
        var (caller, business) = await ConnectedAsync();
        var first = (await CreateAsync(caller, World.NewTemplate(business.WabaId, "twice"))).Template;

        var detail = await Expect.FailsAsync(
            StatusCode.AlreadyExists, Reason.AlreadyExists, () => CreateAsync(caller, World.NewTemplate(business.WabaId, "twice")));

        Assert.Equal(first.Name, detail.Metadata["resource"]);
    }

    [Fact]
    public async Task A_template_needs_a_connected_sender_of_its_account()
    {
        var caller = await api.Host.NewTenantAsync();

        await Expect.FieldFailsAsync(
            "template.waba_id", "not_connected", () => CreateAsync(caller, World.NewTemplate(api.Host.AddBusiness().WabaId, "lonely")));
    }

    [Fact]
    public async Task A_submitted_template_is_pending_and_its_approval_is_taken_over()
    {
        var (caller, business) = await ConnectedAsync();
        var draft = await api.Host.CreateTemplateAsync(caller, business.WabaId);

        var submitted = await SubmitAsync(caller, draft.Name);
        api.Host.Simulator.Control.SetTemplateStatus(submitted.MetaTemplateId, "APPROVED", "NONE");
        api.Host.Simulator.Control.SetTemplateQuality(submitted.MetaTemplateId, "GREEN");
        var first = await SyncAsync(caller);
        var second = await SyncAsync(caller);

        var template = await GetAsync(caller, draft.Name);
        Assert.NotEqual("", submitted.MetaTemplateId);
        Assert.Equal((TemplateState.Approved, TemplateQuality.Green), (template.State, template.Quality));
        Assert.Equal((1, 0, 0), (first.UpdatedCount, first.UnchangedCount, first.UnmanagedCount));
        Assert.Equal((0, 1, 0), (second.UpdatedCount, second.UnchangedCount, second.UnmanagedCount));
    }

    [Fact]
    public async Task A_second_submission_is_refused_with_the_states_that_allow_it()
    {
        var (caller, business) = await ConnectedAsync();
        var draft = await api.Host.CreateTemplateAsync(caller, business.WabaId);
        await SubmitAsync(caller, draft.Name);

        var detail = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.TemplateState, () => SubmitAsync(caller, draft.Name));

        Assert.Equal("DRAFT", detail.Metadata["allowed_states"]);
    }

    [Fact]
    public async Task A_submission_whose_answer_was_lost_is_looked_up()
    {
        await using var host = await ApiHost.StartAsync(Storage.DatabaseProvider.Sqlite, static _ => { });
        var (caller, business) = (await host.NewTenantAsync(), host.AddBusiness());
        await host.ConnectAsync(caller, business, SenderKind.Business);
        var draft = await host.CreateTemplateAsync(caller, business.WabaId);
        var client = new TemplatesService.TemplatesServiceClient(host.Channel);
        var request = new SubmitTemplateRequest { Name = draft.Name, RequestId = World.NewRequestId() };
        host.Simulator.Control.SetFaults(FaultSettings.None with { AbortAfterShare = 1, AllCalls = true });
        await Expect.FailsAsync(StatusCode.Unknown, Reason.MetaOutcomeUnknown, async () => await client.SubmitTemplateAsync(request, caller.Auth));
        host.Simulator.Control.SetFaults(FaultSettings.None);

        var submitted = (await client.SubmitTemplateAsync(request, caller.Auth)).Template;

        Assert.Equal(Assert.Single(host.Simulator.Control.GetTemplates()).Id, submitted.MetaTemplateId);
        Assert.NotEqual(TemplateState.Draft, submitted.State);
    }

    [Fact]
    public async Task A_deleted_template_is_gone_here_and_at_WhatsApp()
    {
        var (caller, business) = await ConnectedAsync();
        var draft = await api.Host.CreateTemplateAsync(caller, business.WabaId);
        var submitted = await SubmitAsync(caller, draft.Name);

        await Templates.DeleteTemplateAsync(new DeleteTemplateRequest { Name = draft.Name, RequestId = World.NewRequestId() }, caller.Auth);

        await Expect.FailsAsync(StatusCode.NotFound, Reason.ResourceNotFound, () => GetAsync(caller, draft.Name));
        Assert.DoesNotContain(api.Host.Simulator.Control.GetTemplates(), view => view.Id == submitted.MetaTemplateId && view.Status == "APPROVED");
    }

    private async Task<(TestCaller Caller, SimulatedBusiness Business)> ConnectedAsync()
    {
        var (caller, business) = (await api.Host.NewTenantAsync(), api.Host.AddBusiness());
        await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        return (caller, business);
    }

    private async Task<CreateTemplateResponse> CreateAsync(TestCaller caller, Template template) => await Templates.CreateTemplateAsync(
        new CreateTemplateRequest { Parent = caller.Name, Template = template, RequestId = World.NewRequestId() }, caller.Auth);

    private async Task<Template> SubmitAsync(TestCaller caller, string name) =>
        (await Templates.SubmitTemplateAsync(new SubmitTemplateRequest { Name = name, RequestId = World.NewRequestId() }, caller.Auth)).Template;

    private async Task<Template> GetAsync(TestCaller caller, string name) =>
        (await Templates.GetTemplateAsync(new GetTemplateRequest { Name = name }, caller.Auth)).Template;

    private async Task<SyncTemplatesResponse> SyncAsync(TestCaller caller) =>
        await Templates.SyncTemplatesAsync(new SyncTemplatesRequest { Parent = caller.Name, RequestId = World.NewRequestId() }, caller.Auth);
}
