using Herald.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulation.Meta;

/// <summary>The real webhook endpoint, called without a server around it.</summary>
internal static class Edge
{
    private static readonly RequestDelegate Receive = FindReceive();

    /// <summary>Posts a delivery to the node whose services these are; the HTTP status of its answer.</summary>
    public static async Task<int> PostAsync(IServiceProvider services, byte[] body, string signature)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Post;
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        context.Request.Headers["X-Hub-Signature-256"] = signature;
        await Receive(context);
        return context.Response.StatusCode;
    }

    private static RequestDelegate FindReceive()
    {
        var routes = new Routes();
        routes.MapWhatsAppWebhooks();
        return routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true)
            .RequestDelegate ?? throw new InvalidOperationException("The endpoint does nothing.");
    }

    private sealed class Routes : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider { get; } = new ServiceCollection().AddRouting().AddLogging().BuildServiceProvider();

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);
    }
}
