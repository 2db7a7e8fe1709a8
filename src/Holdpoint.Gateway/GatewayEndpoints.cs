using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway;

/// <summary>The table of contents of the HTTP surface (design §8). What is not here is a 404.</summary>
internal static class GatewayEndpoints
{
    public static void MapHoldpoint(this IEndpointRouteBuilder routes, GatewayParts parts)
    {
        // Data plane: every wire format takes the same way.
        foreach (var endpoint in parts.Configurations.Current.Formats.Select(format => format.Endpoint))
        {
            routes.MapPost(endpoint, http => parts.CallPath.HandleAsync(http, endpoint));
        }

        routes.MapGet(ModelsEndpoint.Path, new ModelsEndpoint(parts.CallPath).HandleAsync);

        // Control plane.
        var status = new StatusEndpoint(parts);
        routes.MapPost(EvidenceEndpoint.Path, new EvidenceEndpoint(parts.CallPath, parts.Intake).HandleAsync);
        new HoldsEndpoint(parts.CallPath, parts.Holds, parts.Time).Map(routes);
        routes.MapGet("/holdpoint/status", status.HandleAsync);
        routes.MapGet("/healthz", http => http.Response.WriteAsync("ok\n"));
        routes.MapGet("/readyz", status.ReadyAsync);
        new LogEndpoints(parts.Records, new PublishedLog(parts.Store, parts.Signer), parts.Signer, http => CallerOf(http, parts.Configurations.Current.Clients)).Map(routes);

        // Everything else; an identified caller gets a record of it as of any other answer.
        routes.Map("/{**path}", http => parts.CallPath.HandleUnknownPathAsync(http));
    }

    private static LogCaller? CallerOf(HttpContext http, ClientRegistry clients) =>
        clients.Identify(http.Request.Headers) is { } client
            ? new(client.May(Rights.Audit), client.Deployment, client.Principal)
            : null;
}
