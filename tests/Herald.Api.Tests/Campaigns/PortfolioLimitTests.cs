using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Errors.V1;
using Herald.Domain.Senders;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;

namespace Herald.Api.Tests.Campaigns;

public sealed class PortfolioLimitTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task A_launch_over_the_limit_says_how_many_fit_and_how_many_days_and_goes_when_the_caller_agrees()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, Contracts.Tenants.V1.SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId);
        var list = await api.Host.CreateListAsync(caller);
        for (var i = 0; i < 5; i++)
            await AddWillingAsync(caller, $"+3460000000{i}", list.Name);
        await api.Host.CreateContactAsync(caller, "+34600000009", list.Name);
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name);
        var row = await api.Host.Get<ISenderStore>().GetAsync(caller.Tenant, SenderId.Parse(sender.Name[^36..]), CancellationToken.None);
        await LimitAsync(business.BusinessId, 2);

        var detail = await Expect.FailsAsync(
            StatusCode.FailedPrecondition, Reason.PortfolioLimit, async () => await LaunchAsync(caller, campaign, acceptSpread: false));
        var launched = await LaunchAsync(caller, campaign, acceptSpread: true);

        Assert.Equal(business.BusinessId, row?.PortfolioId);
        Assert.Equal(
            ("2", "0", "5", "2", "3"),
            (detail.Metadata["people_max"], detail.Metadata["people_reached"], detail.Metadata["people"], detail.Metadata["people_now"], detail.Metadata["days"]));
        Assert.Equal(CampaignState.Preparing, launched.State);
    }

    [Fact]
    public async Task A_launch_within_the_limit_needs_no_agreement()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, Contracts.Tenants.V1.SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId);
        var list = await api.Host.CreateListAsync(caller);
        await AddWillingAsync(caller, "+34600000001", list.Name);
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name);
        await LimitAsync(business.BusinessId, 1);

        var launched = await LaunchAsync(caller, campaign, acceptSpread: false);

        Assert.Equal(CampaignState.Preparing, launched.State);
    }

    [Fact]
    public async Task A_launch_that_is_repeated_after_a_lost_answer_gets_the_first_answer_again()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, Contracts.Tenants.V1.SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId);
        var list = await api.Host.CreateListAsync(caller);
        await AddWillingAsync(caller, "+34600000001", list.Name);
        await AddWillingAsync(caller, "+34600000002", list.Name);
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name);
        await LimitAsync(business.BusinessId, 2);
        var request = new LaunchCampaignRequest
        {
            Name = campaign.Name,
            ScheduleTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(1)),
            RequestId = World.NewRequestId(),
        };
        var client = new CampaignsService.CampaignsServiceClient(api.Host.Channel);

        var first = (await client.LaunchCampaignAsync(request, caller.Auth)).Campaign;
        await LimitAsync(business.BusinessId, 1);
        var again = (await client.LaunchCampaignAsync(request, caller.Auth)).Campaign;

        Assert.Equal(CampaignState.Scheduled, first.State);
        Assert.Equal(first, again);
    }

    private Task LimitAsync(string portfolio, int peopleMax) => api.Host.Get<IPortfolioStore>().SetAsync(
        new PortfolioRow { PortfolioId = portfolio, PeopleMax = peopleMax, ReservePercent = 0, UpdateTime = DateTimeOffset.UnixEpoch },
        CancellationToken.None);

    private async Task AddWillingAsync(TestCaller caller, string phone, string list)
    {
        var contact = await api.Host.CreateContactAsync(caller, phone, list);
        await new ConsentsService.ConsentsServiceClient(api.Host.Channel).RecordConsentAsync(
            new RecordConsentRequest
            {
                Parent = contact.Name,
                Purpose = ConsentPurpose.Marketing,
                Action = ConsentAction.Grant,
                Evidence = new ConsentEvidence { Origin = "the form at the counter" },
                RequestId = World.NewRequestId(),
            },
            caller.Auth);
    }

    private async Task<Campaign> LaunchAsync(TestCaller caller, Campaign campaign, bool acceptSpread) =>
        (await new CampaignsService.CampaignsServiceClient(api.Host.Channel).LaunchCampaignAsync(
            new LaunchCampaignRequest { Name = campaign.Name, AcceptSpread = acceptSpread, RequestId = World.NewRequestId() }, caller.Auth)).Campaign;
}
