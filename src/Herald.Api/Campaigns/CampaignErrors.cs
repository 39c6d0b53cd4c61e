using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Errors.V1;
using Herald.Domain.Portfolios;
using Herald.Grains;
using Herald.Storage.Campaigns;

namespace Herald.Api.Campaigns;

/// <summary>The errors of campaigns.</summary>
internal static class CampaignErrors
{
    public static ApiException StateNotAllowed(string resource, string state, IEnumerable<string> allowed)
    {
        var words = string.Join(',', allowed);
        return new(
            Reason.CampaignState, $"The campaign '{resource}' is {state}; this is allowed in {words}.",
            ("resource", resource), ("state", state), ("allowed_states", words));
    }

    public static ApiException ListEmpty(string list) =>
        new(Reason.ContactListEmpty, $"The contact list '{list}' has no members.", ("resource", list));

    /// <summary>What a refusal of the campaign's grain means.</summary>
    /// <param name="result">The refusal.</param>
    /// <param name="row">The campaign as it was before.</param>
    /// <param name="templateState">The state of its template.</param>
    /// <param name="senderState">The state of its sender.</param>
    public static ApiException Of(ChangeResult result, CampaignRow row, string templateState, string senderState)
    {
        var tenant = row.TenantId.Value;
        var resource = CampaignName.Format(tenant, row.CampaignId.Value);
        return result.Outcome switch
        {
            ChangeOutcome.NotFound => ApiErrors.NotFound(resource),
            ChangeOutcome.VersionMismatch => ApiErrors.EtagMismatch(resource, Etag.Of(result.Version)),
            ChangeOutcome.StateNotAllowed => StateNotAllowed(resource, result.State, result.AllowedStates),
            ChangeOutcome.TemplateNotUsable => Unusable(
                Reason.TemplateNotApproved, "template", TemplateName.Format(tenant, row.TemplateId.Value), templateState),
            ChangeOutcome.SenderNotUsable => Unusable(Reason.SenderNotActive, "sender", SenderName.Format(tenant, row.SenderId.Value), senderState),
            ChangeOutcome.ContactListNotUsable => ApiErrors.NotFound(ContactListName.Format(tenant, row.ListId.Value)),
            _ => throw new InvalidOperationException($"A campaign's grain answered {result.Outcome}."),
        };
    }

    /// <summary>The campaign has more people than its portfolio may reach now.</summary>
    public static ApiException OverLimit(PortfolioForecast forecast) => new(
        Reason.PortfolioLimit,
        $"The campaign has {forecast.People} people who count against the portfolio's limit, and {forecast.PeopleNow} fit now; {forecast.PeopleShared} more "
            + $"wait for other messages already. Sent over days it takes {forecast.Days}.",
        ("people_max", $"{forecast.PeopleMax}"), ("people_reached", $"{forecast.PeopleReached}"), ("people_waiting", $"{forecast.PeopleWaiting}"), ("people", $"{forecast.People}"),
        ("people_now", $"{forecast.PeopleNow}"), ("days", $"{forecast.Days}"));

    private static ApiException Unusable(Reason reason, string what, string resource, string state) =>
        new(reason, $"The {what} '{resource}' is {state} and cannot be used now.", ("resource", resource), ("state", state));
}
