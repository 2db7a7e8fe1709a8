using System.Diagnostics;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// A line for each request, where the configuration asks for it: what of ours was called, by which address, and what came of it. Nothing
/// that the client wrote is in it.
/// </summary>
internal sealed partial class RequestLog(ILoggerFactory loggers)
{
    public const string Category = "Holdpoint.Gateway.Requests";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public Task LogAsync(HttpContext http, RequestDelegate next) =>
        _logger.IsEnabled(LogLevel.Information) ? FollowAsync(http, next) : next(http);

    /// <summary>The pattern of ours that the request's path matched; never the path itself.</summary>
    public static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    private async Task FollowAsync(HttpContext http, RequestDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var (endpoint, client, headers) = (RouteOf(http), http.Connection.RemoteIpAddress, http.Response.Headers);
            var (verdict, record, cause) =
                (headers[HoldpointHeaders.Verdict].ToString(), headers[HoldpointHeaders.Record].ToString(), RequestCause.Of(http));
            var milliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            LogRequest(endpoint, http.Response.StatusCode, verdict, cause, record, milliseconds, client);
        }
    }

    [LoggerMessage(
        EventId = 9011, Level = LogLevel.Information,
        Message = "{Endpoint} {Status} {Verdict} {Cause} record {Record} {Milliseconds} ms from {Client}")]
    private partial void LogRequest(
        string endpoint, int status, string verdict, string? cause, string record, long milliseconds, System.Net.IPAddress? client);
}
