using System.Text.Json;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// <c>GET /holdpoint/status</c>, with the right <c>operate</c>; <c>GET /healthz</c> and <c>GET /readyz</c>. Reading them changes
/// nothing, so nothing is recorded.
/// </summary>
/// <param name="boundary">Identifies and refuses.</param>
/// <param name="status">What the status is under a configuration.</param>
/// <param name="isReady">Whether records can be written and signed now.</param>
internal sealed class StatusEndpoint(Boundary boundary, Func<ActiveConfiguration, GatewayStatus> status, Func<bool> isReady)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/holdpoint/status", http => boundary.HandleAsync(http, Surface.Reading, ShowAsync));
        routes.MapGet("/healthz", http => http.Response.WriteAsync("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private ValueTask<Ending> ShowAsync(Exchange exchange, CancellationToken cancellationToken) => ValueTask.FromResult<Ending>(
        exchange.Client.May(Rights.Operate)
            ? new Ending.Replied(
                StatusCodes.Status200OK,
                JsonSerializer.SerializeToUtf8Bytes(status(exchange.Active), StatusJson.Default.GatewayStatus),
                Record: null)
            : RightsFaults.Operate);

    /// <summary>200 while records can be written and signed, else 503.</summary>
    private Task ReadyAsync(HttpContext http)
    {
        var (code, word) = isReady() ? (StatusCodes.Status200OK, "ready\n") : (StatusCodes.Status503ServiceUnavailable, "failing\n");
        http.Response.StatusCode = code;
        return http.Response.WriteAsync(word);
    }
}
