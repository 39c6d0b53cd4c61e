using Herald.Api.Campaigns;
using Herald.Api.Messages;
using Herald.Api.Templates;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;

namespace Herald.Api.Tests.Calls;

/// <summary>No value of the domain lacks its word in the contract, and the words mean the same.</summary>
public sealed class MappingTests
{
    [Fact]
    public void States_and_reasons_have_the_same_names_on_both_sides()
    {
        Check<Domain.Campaigns.CampaignState, Contracts.Campaigns.V1.CampaignState>(state => state.ToProto(), state => state.ToStored());
        Check<Domain.Messages.MessageState, Contracts.Messages.V1.MessageState>(state => state.ToProto(), state => state.ToStored());
        Check<Domain.Templates.TemplateState, Contracts.Templates.V1.TemplateState>(state => state.ToProto(), state => state.ToStored());
    }

    [Fact]
    public void Reasons_of_suppression_have_the_same_names_on_both_sides() => Assert.All(
        Enum.GetValues<Domain.Consents.SuppressionReason>().Where(reason => reason != Domain.Consents.SuppressionReason.None),
        reason => Assert.Equal(reason.ToString(), reason.ToProto().ToString()));

    [Fact]
    public void Consent_has_the_same_names_and_numbers_on_both_sides()
    {
        CheckNumbers<Domain.Consents.ConsentPurpose, Contracts.Consents.V1.ConsentPurpose>();
        CheckNumbers<Domain.Consents.ConsentAction, Contracts.Consents.V1.ConsentAction>();
        CheckNumbers<Domain.Consents.ConsentSource, Contracts.Consents.V1.ConsentSource>();
    }

    [Fact]
    public void Pause_causes_and_categories_have_the_same_names_on_both_sides()
    {
        Assert.All(
            Enum.GetNames<Domain.Campaigns.PauseCause>().Where(name => name != "None"),
            name => Assert.True(Enum.TryParse<Contracts.Campaigns.V1.PauseCause>(name, out _), name));
        Assert.All(
            Enum.GetNames<Domain.Templates.TemplateCategory>(),
            name => Assert.True(Enum.TryParse<Contracts.Templates.V1.TemplateCategory>(name, out _), name));
    }

    [Fact]
    public void Each_scope_of_a_key_is_one_of_the_domains()
    {
        var stored = Enum.GetValues<ApiKeyScope>().Where(scope => scope != ApiKeyScope.Unspecified).Select(Api.Tenants.TenantMapping.ToStored).ToList();

        Assert.Equal(stored.Distinct().Count(), stored.Count);
        Assert.DoesNotContain(ApiScopes.None, stored);
    }

    private static void Check<TDomain, TContract>(Func<TDomain, TContract> toProto, Func<TContract, TDomain?> toStored)
        where TDomain : struct, Enum
        where TContract : struct, Enum
    {
        Assert.All(Enum.GetValues<TDomain>(), value => Assert.Equal(value.ToString(), toProto(value).ToString()));
        Assert.All(Enum.GetValues<TContract>(), value => Assert.Equal(Convert.ToInt32(value, null) == 0, toStored(value) is null));
    }

    private static void CheckNumbers<TDomain, TContract>()
        where TDomain : struct, Enum
        where TContract : struct, Enum =>
        Assert.Equal(
            Enum.GetValues<TDomain>().Select(value => (value.ToString(), Convert.ToInt32(value, null))),
            Enum.GetValues<TContract>().Select(value => (value.ToString(), Convert.ToInt32(value, null))).Where(value => value.Item2 != 0));
}
