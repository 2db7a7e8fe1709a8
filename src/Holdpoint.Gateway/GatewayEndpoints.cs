using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Upstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway;

/// <summary>The table of contents of the HTTP surface (design §8). What is not here is a 404.</summary>
internal static class GatewayEndpoints
{
    public static void MapHoldpoint(this IEndpointRouteBuilder routes, GatewayParts parts, TimeProvider time)
    {
        // Data plane: every wire format takes the same way.
        foreach (var format in parts.Formats)
        {
            routes.MapPost(format.Endpoint, http => parts.CallPath.HandleAsync(http, format));
        }

        var openAi = parts.Formats[0];
        routes.MapGet(ModelsEndpoint.Path, new ModelsEndpoint(parts.CallPath, parts.Decider, new ModelList(parts.Upstreams, time), openAi).HandleAsync);

        // Control plane. Its errors have the shape of the first format.
        var status = new StatusEndpoint(parts, openAi);
        routes.MapPost(EvidenceEndpoint.Path, new EvidenceEndpoint(parts.CallPath, parts.Decider, parts.Intake, openAi).HandleAsync);
        routes.MapGet("/holdpoint/status", status.HandleAsync);
        routes.MapGet("/healthz", http => http.Response.WriteAsync("ok\n"));
        routes.MapGet("/readyz", status.ReadyAsync);
        new LogEndpoints(parts.Records, new PublishedLog(parts.Store, parts.Signer), parts.Signer, http => CallerOf(http, parts.Clients)).Map(routes);

        // Everything else; an identified caller gets a record of it as of any other answer.
        routes.Map("/{**path}", http => parts.CallPath.HandleUnknownPathAsync(http, openAi));
    }

    private static LogCaller? CallerOf(HttpContext http, ClientRegistry clients) =>
        clients.Identify(http.Request.Headers) is { } client
            ? new(client.May(Rights.Audit), client.Deployment, client.Principal)
            : null;
}
