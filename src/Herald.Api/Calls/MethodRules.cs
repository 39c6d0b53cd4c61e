using System.Collections.Concurrent;
using Herald.Domain.Tenants;

namespace Herald.Api.Calls;

/// <summary>What follows from a method's name: new methods are covered without being listed.</summary>
internal sealed record MethodRules
{
    private const string Prefix = "/herald.";
    private static readonly string[] ReadingVerbs = ["Get", "List", "Watch"];
    private static readonly string[] AdminServices = ["TenantsService", "SendersService", "OwnersService"];
    private static readonly string[] CrossTenantServices = ["TenantsService", "ApiKeysService"];
    private static readonly string[] SendingMethods =
        ["LaunchCampaign", "PauseCampaign", "ResumeCampaign", "CancelCampaign", "SendMessage", "BatchSendMessages", "CancelMessage"];

    private static readonly ConcurrentDictionary<string, MethodRules> ByMethod = new(StringComparer.Ordinal);

    private MethodRules()
    {
    }

    /// <summary>The method's name without its service, such as <c>LaunchCampaign</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The scope that a key needs.</summary>
    public required ApiScopes Scope { get; init; }

    /// <summary>Whether it changes something.</summary>
    public required bool IsMutation { get; init; }

    /// <summary>Whether the items of the request stand each for itself, so that what is wrong with one is told in its place.</summary>
    public required bool IsBatch { get; init; }

    /// <summary>Whether keys of the system tenant may name other tenants in it.</summary>
    public required bool IsCrossTenant { get; init; }

    /// <summary>Whether the method is Herald's own; health and reflection need no key.</summary>
    public static bool IsHerald(string fullMethod) => fullMethod.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The rules of a method of Herald's.</summary>
    /// <param name="fullMethod">Such as <c>/herald.campaigns.v1.CampaignsService/LaunchCampaign</c>.</param>
    public static MethodRules Of(string fullMethod) => ByMethod.GetOrAdd(fullMethod, static method => Derive(method));

    private static MethodRules Derive(string fullMethod)
    {
        var slash = fullMethod.LastIndexOf('/');
        var service = fullMethod[(fullMethod.LastIndexOf('.', slash) + 1)..slash];
        var name = fullMethod[(slash + 1)..];
        var isMutation = !ReadingVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal));
        return new MethodRules
        {
            Name = name,
            Scope = ScopeOf(service, name, isMutation),
            IsMutation = isMutation,
            IsBatch = name.StartsWith("Batch", StringComparison.Ordinal),
            IsCrossTenant = CrossTenantServices.Contains(service),
        };
    }

    private static ApiScopes ScopeOf(string service, string name, bool isMutation)
    {
        if (service == "ApiKeysService")
            return ApiScopes.Admin;
        if (!isMutation)
            return ApiScopes.TenantRead;
        if (AdminServices.Contains(service))
            return ApiScopes.Admin;
        return SendingMethods.Contains(name) ? ApiScopes.Send : ApiScopes.TenantWrite;
    }
}
