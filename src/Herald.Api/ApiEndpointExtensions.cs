using Herald.Api.Campaigns;
using Herald.Api.Consents;
using Herald.Api.Contacts;
using Herald.Api.Messages;
using Herald.Api.Templates;
using Herald.Api.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Herald.Api;

/// <summary>Maps the gRPC services.</summary>
public static class ApiEndpointExtensions
{
    /// <summary>Maps all services of the contract, health, and reflection in both of its versions. Their endpoint must speak HTTP/2.</summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <returns>The same.</returns>
    public static IEndpointRouteBuilder MapHeraldApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGrpcService<TenantsRpc>();
        endpoints.MapGrpcService<ApiKeysRpc>();
        endpoints.MapGrpcService<SendersRpc>();
        endpoints.MapGrpcService<OwnersRpc>();
        endpoints.MapGrpcService<ContactsRpc>();
        endpoints.MapGrpcService<ContactListsRpc>();
        endpoints.MapGrpcService<ConsentsRpc>();
        endpoints.MapGrpcService<TemplatesRpc>();
        endpoints.MapGrpcService<CampaignsRpc>();
        endpoints.MapGrpcService<MessagesRpc>();
        endpoints.MapGrpcHealthChecksService();
        endpoints.MapGrpcReflectionService();
        return endpoints;
    }
}
