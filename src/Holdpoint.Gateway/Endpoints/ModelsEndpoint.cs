using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>
/// <c>GET /v1/models</c>: carries no content and reaches no model, so there is nothing to decide; it is recorded like any answer.
/// </summary>
internal sealed class ModelsEndpoint(Boundary boundary, RecordLog records)
{
    private const string Path = "/v1/models";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, http => boundary.HandleAsync(http, Surface.Of(Path), ListAsync));

    private async ValueTask<Ending> ListAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (!exchange.Client.May(Rights.Call))
        {
            return RightsFaults.Call;
        }

        var list = await exchange.Active.Models.ReadAsync(cancellationToken);
        var record = await records.AppendAsync(exchange.Draft(RecordKind.Call) with
        {
            Bundle = exchange.Active.Bundle.Digest,
            Verdict = RecordedVerdict.Permit,
            Status = StatusCodes.Status200OK,
        });
        return new Ending.Replied(StatusCodes.Status200OK, list, record);
    }
}
