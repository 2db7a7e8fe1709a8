using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Endpoints;
using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The table of contents of the HTTP surface (docs/reference/http.md). What is not here is a 404.</summary>
internal static class GatewayEndpoints
{
    public static void MapHoldpoint(this IEndpointRouteBuilder routes, GatewayParts parts)
    {
        var boundary = parts.Boundary;

        // Data plane: every wire format takes the same way.
        foreach (var endpoint in parts.Configurations.Current.Formats.Select(format => format.Endpoint))
        {
            routes.MapPost(endpoint, parts.CallPath.At(endpoint));
        }

        new ModelsEndpoint(boundary, parts.Records).Map(routes);

        // Control plane.
        new EvidenceEndpoint(boundary, parts.Intake).Map(routes);
        new HoldsEndpoint(boundary, parts.Holds, parts.Time).Map(routes);
        new StatusEndpoint(boundary, active => StatusReading.Of(parts, active), () => parts.IsReady).Map(routes);
        new LogEndpoints(boundary, parts.Records, new PublishedLog(parts.Store, parts.Signer), parts.Signer).Map(routes);

        // Everything else; an identified caller gets a record of it as of any other answer.
        routes.Map("/{**path}", http => boundary.HandleAsync(http, Surface.UnknownPath, UnknownPathAsync));
    }

    private static ValueTask<Ending> UnknownPathAsync(Exchange exchange, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Ending>(CallFaults.UnknownPath);
}
