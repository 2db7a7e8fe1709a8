using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The answer of <c>GET /holdpoint/status</c> (docs/reference/http.md).</summary>
/// <param name="State"><c>ready</c>, or <c>failing</c> while nothing can be recorded or signed.</param>
/// <param name="Version">Of this program.</param>
/// <param name="Program">SHA-256 of this program's own assemblies, as in the record of its start.</param>
/// <param name="Runtime">Of .NET.</param>
/// <param name="Started">When this process started.</param>
/// <param name="Agreement">Name of the active agreement.</param>
/// <param name="Bundle">SHA-256 of the active bundle.</param>
/// <param name="Configuration">SHA-256 of the active configuration file.</param>
/// <param name="Gateway">This gateway's name in the log.</param>
/// <param name="Records">Durable records.</param>
/// <param name="Signed">Records under the newest checkpoint.</param>
/// <param name="SignerFault">Why nothing more is signed; null while signing works.</param>
/// <param name="Store"><c>writing</c>, or <c>failing</c> from a failed transaction until the next successful one.</param>
/// <param name="StoreFault">Why nothing is written until the next start, a stable code first; null while the store is not lost.</param>
/// <param name="StoreBytes">Size of the store's file and of its write-ahead log.</param>
/// <param name="Sqlite">The SQLite in use and its version, such as <c>bundled 3.53.4</c>.</param>
/// <param name="Connections">Connections open.</param>
/// <param name="Calls">Calls and streams under way.</param>
/// <param name="ContentBytes">Content in memory.</param>
/// <param name="Upstreams">The upstreams, in order.</param>
/// <param name="Reload">What the newest reload came to; null before the first.</param>
/// <param name="CertificateUntil">When the TLS certificate ends; null without TLS.</param>
/// <param name="Unidentified">Requests without a known key since start.</param>
internal sealed record GatewayStatus(
    string State,
    string Version,
    string Program,
    string Runtime,
    DateTimeOffset Started,
    string Agreement,
    string Bundle,
    string Configuration,
    string Gateway,
    long Records,
    long Signed,
    string? SignerFault,
    string Store,
    string? StoreFault,
    long StoreBytes,
    string Sqlite,
    int Connections,
    int Calls,
    long ContentBytes,
    UpstreamStatus[] Upstreams,
    ReloadStatus? Reload,
    DateTimeOffset? CertificateUntil,
    long Unidentified);

/// <summary>An upstream as it is now.</summary>
/// <param name="Name">As the configuration names it.</param>
/// <param name="Provider">Who runs it.</param>
/// <param name="State"><c>closed</c>: used; <c>open</c>: paused, because it has been failing; <c>half_open</c>: one call tries it.</param>
/// <param name="Calls">Calls and streams under way there.</param>
/// <param name="Most">How many may be.</param>
internal sealed record UpstreamStatus(string Name, string Provider, string State, int Calls, int Most);

/// <summary>The outcome of a reload.</summary>
/// <param name="At">When it was asked for.</param>
/// <param name="Outcome"><c>taken</c> or <c>refused</c>.</param>
/// <param name="Problems">Why it was refused.</param>
internal sealed record ReloadStatus(DateTimeOffset At, string Outcome, string[] Problems);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
