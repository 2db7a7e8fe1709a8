using System.Diagnostics;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>A span and a measurement for each request. Thread-safe.</summary>
internal sealed class RequestTrace(GatewayTelemetry telemetry)
{
    public Task TraceAsync(HttpContext http, RequestDelegate next) => telemetry.IsOn ? FollowAsync(http, next) : next(http);

    private async Task FollowAsync(HttpContext http, RequestDelegate next)
    {
        var start = Stopwatch.GetTimestamp();

        // The host's own activity continues whatever trace the caller named. Ours begins anew, so that no header decides whether a call is
        // traced, and nothing but an identifier of the caller's (no tracestate, no baggage) is passed on (ADR 0152).
        Activity.Current = null;
        using var span = telemetry.Source.StartActivity("request", ActivityKind.Server, parentContext: default, links: CallerOf(http));
        try
        {
            await next(http);
        }
        finally
        {
            Measure(http, span, Stopwatch.GetElapsedTime(start));
        }
    }

    private void Measure(HttpContext http, Activity? span, TimeSpan elapsed)
    {
        var (method, route, status) = (MethodOf(http.Request.Method), RequestLog.RouteOf(http), http.Response.StatusCode);
        var verdict = http.Response.Headers[HoldpointHeaders.Verdict].ToString();
        var cause = RequestCause.Of(http);
        telemetry.RequestDuration.Record(
            elapsed.TotalSeconds,
            new("http.request.method", method), new("http.route", route),
            new("http.response.status_code", status), new("url.scheme", http.Request.Scheme));
        if (verdict.Length > 0)
        {
            telemetry.Answers.Add(1, new("http.route", route), new("holdpoint.verdict", verdict), new("holdpoint.cause", cause ?? "none"));
        }

        if (span is null)
        {
            return;
        }

        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        span.SetTag("holdpoint.verdict", verdict.Length > 0 ? verdict : null);
        span.SetTag("holdpoint.record", http.Response.Headers[HoldpointHeaders.Record] is [{ } record] ? record : null);
        span.SetTag("holdpoint.bundle", http.Response.Headers[HoldpointHeaders.Bundle] is [{ } bundle] ? bundle : null);
        span.SetTag("holdpoint.cause", cause);
        if (status >= 500)
        {
            span.SetTag(GenAi.ErrorType, cause ?? "error");
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static ActivityLink[] CallerOf(HttpContext http) =>
        ActivityContext.TryParse(http.Request.Headers.TraceParent, traceState: null, isRemote: true, out var caller) ? [new(caller)] : [];

    // A method is a token of the client's choosing; the conventions name those that are known, and have a word for the rest.
    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method)
            ? HttpMethods.GetCanonicalizedValue(method)
            : "_OTHER";
}
