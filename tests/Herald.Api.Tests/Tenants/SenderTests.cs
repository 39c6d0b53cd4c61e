using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Grains.Secrets;
using Herald.Simulator;
using Herald.Storage.Tenants;
using ThroughputLevel = Herald.Contracts.Tenants.V1.ThroughputLevel;

namespace Herald.Api.Tests.Tenants;

public sealed class SenderTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private SendersService.SendersServiceClient Senders => new(api.Host.Channel);

    [Fact]
    public async Task A_number_is_connected_with_what_WhatsApp_says_of_it()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();

        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);

        Assert.Equal((SenderState.Active, 80, ThroughputLevel.Standard), (sender.State, sender.MessagesPerSecond, sender.ThroughputLevel));
        Assert.Equal(business.Numbers[0].Phone, string.Concat(sender.DisplayPhoneNumber.Where(char.IsAsciiDigit)));
        Assert.Equal(sender, (await Senders.GetSenderAsync(new GetSenderRequest { Name = sender.Name }, caller.Auth)).Sender);
    }

    [Fact]
    public async Task A_token_is_stored_encrypted_and_a_second_connection_replaces_it()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var first = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        const string Token = "EAAGsecondToken";
        api.Host.Simulator.Control.AddToken(Token, ["whatsapp_business_messaging", "whatsapp_business_management"], [business.WabaId], null);

        var second = await api.Host.ConnectAsync(caller, business with { Token = Token }, SenderKind.Business);

        var row = await api.Host.Get<ISenderStore>().FindByPhoneNumberIdAsync(second.PhoneNumberId, CancellationToken.None);
        Assert.Equal((first.Name, SenderState.Active), (second.Name, second.State));
        Assert.Equal(Token, api.Host.Get<ISecretProtector>().Unprotect(row!.TokenCipher!));
        Assert.DoesNotContain(Token, System.Text.Encoding.Latin1.GetString(row.TokenCipher!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_another_tenant_is_refused_without_saying_whose_it_is()
    {
        var (owner, caller) = (await api.Host.NewTenantAsync(), await api.Host.NewTenantAsync());
        var business = api.Host.AddBusiness();
        await api.Host.ConnectAsync(owner, business, SenderKind.Business);

        var detail = await Expect.FailsAsync(
            StatusCode.AlreadyExists, Reason.AlreadyExists, () => api.Host.ConnectAsync(caller, business, SenderKind.Business));

        Assert.DoesNotContain("resource", detail.Metadata.Keys);
    }

    [Fact]
    public async Task A_token_that_WhatsApp_does_not_know_is_refused()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness() with { Token = "EAAGunknown" };

        await Expect.FailsAsync(
            StatusCode.FailedPrecondition, Reason.MetaRefused, () => api.Host.ConnectAsync(caller, business, SenderKind.Business));
    }

    [Fact]
    public async Task A_number_of_another_account_is_refused()
    {
        var caller = await api.Host.NewTenantAsync();
        var (one, other) = (api.Host.AddBusiness(), api.Host.AddBusiness());

        await Expect.FieldFailsAsync(
            "phone_number_id", "not_in_account", () => api.Host.ConnectAsync(caller, one with { Numbers = other.Numbers }, SenderKind.Business));
    }

    [Fact]
    public async Task A_control_number_is_for_the_system_tenant_only()
    {
        var caller = await api.Host.NewTenantAsync();

        await Expect.FieldFailsAsync("kind", "not_allowed", () => api.Host.ConnectAsync(caller, api.Host.AddBusiness(), SenderKind.Control));
    }

    [Fact]
    public async Task A_number_is_registered_with_its_pin()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.Simulator.Control.AddBusiness("Fresh", new NumberSetup("4930000001") { Registered = false });
        var request = new ConnectSenderRequest
        {
            Parent = caller.Name,
            WabaId = business.WabaId,
            PhoneNumberId = business.Numbers[0].PhoneNumberId,
            AccessToken = business.Token,
            Pin = "123456",
            RequestId = World.NewRequestId(),
        };

        var sender = (await Senders.ConnectSenderAsync(request, caller.Auth)).Sender;

        Assert.Equal(SenderState.Active, sender.State);
    }

    [Fact]
    public async Task WhatsApp_that_is_out_of_order_is_told_apart_from_a_refusal()
    {
        await using var host = await ApiHost.StartAsync(Storage.DatabaseProvider.Sqlite, static _ => { });
        var caller = await host.NewTenantAsync();
        var business = host.AddBusiness();
        await host.Simulator.DisposeAsync();

        var detail = await Expect.FailsAsync(
            StatusCode.Unavailable, Reason.MetaUnavailable, () => host.ConnectAsync(caller, business, SenderKind.Business));

        Assert.True(detail.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_disconnected_sender_forgets_its_token_and_a_used_one_stays()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await api.Host.CreateTemplateAsync(caller, business.WabaId);
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, (await api.Host.CreateListAsync(caller)).Name);

        async Task<Sender> DisconnectAsync() => (await Senders.DisconnectSenderAsync(
            new DisconnectSenderRequest { Name = sender.Name, RequestId = World.NewRequestId() }, caller.Auth)).Sender;
        var detail = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.ResourceInUse, DisconnectAsync);
        await new Contracts.Campaigns.V1.CampaignsService.CampaignsServiceClient(api.Host.Channel).CancelCampaignAsync(
            new Contracts.Campaigns.V1.CancelCampaignRequest { Name = campaign.Name, RequestId = World.NewRequestId() }, caller.Auth);
        var disconnected = await DisconnectAsync();

        var row = await api.Host.Get<ISenderStore>().FindByPhoneNumberIdAsync(sender.PhoneNumberId, CancellationToken.None);
        Assert.Equal(campaign.Name, detail.Metadata["used_by"]);
        Assert.Equal(SenderState.Disconnected, disconnected.State);
        Assert.Null(row!.TokenCipher);
    }
}
