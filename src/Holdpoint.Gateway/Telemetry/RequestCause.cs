using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>Carries the stable cause of a refusal from where it is known to the request's log line and span.</summary>
internal static class RequestCause
{
    private static readonly object Key = new();

    public static void Tell(HttpContext http, string cause) => http.Items[Key] = cause;

    /// <summary>Null where the answer was the upstream's, or nobody said.</summary>
    public static string? Of(HttpContext http) => http.Items.TryGetValue(Key, out var cause) ? (string?)cause : null;
}
