using System.Collections.Immutable;
using System.Net;
using Holdpoint.Gateway.Identity;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Settings;

/// <summary>The checked form of the configuration file. Immutable, safe to share; holds no secret, only where each is to be read.</summary>
public sealed record GatewaySettings
{
    internal GatewaySettings()
    {
    }

    /// <summary>Address and port to listen on; port 0 lets the system choose.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Full path of the configuration file, to read it again at a reload.</summary>
    public required string Path { get; init; }

    /// <summary>Full path of the SQLite file.</summary>
    public required string StorePath { get; init; }

    /// <summary>Full path of the agreement's folder.</summary>
    public required string AgreementPath { get; init; }

    /// <summary>The log's origin line (C2SP tlog-checkpoint).</summary>
    public required string LogOrigin { get; init; }

    /// <summary>Full path of the log's private key.</summary>
    public required string LogKeyPath { get; init; }

    /// <summary>Full path of the file in which the signer remembers, outside the database, what it last signed.</summary>
    public required string LogGuardPath { get; init; }

    /// <summary>Full path of a copy of that file, where a restored snapshot does not reach; null for the user's folder for state.</summary>
    public string? LogGuardCopyPath { get; init; }

    /// <summary>SHA-256 of the configuration file's bytes; recorded at start.</summary>
    public required Hash Digest { get; init; }

    /// <summary>Full path of the secret under which the content of open holds is encrypted; made at the first start.</summary>
    public required string HoldKeyPath { get; init; }

    /// <summary>The webhook that is told of holds; null when there is none.</summary>
    internal WebhookSettings? Webhook { get; init; }

    internal ImmutableArray<UpstreamSettings> Upstreams { get; init; } = [];

    /// <summary>Whether every call is answered by the built-in echo: there is no model behind this gateway.</summary>
    public bool IsEchoAlone => Upstreams.All(upstream => upstream.Kind == UpstreamKind.Echo);

    /// <summary>The names and patterns of the models that are served, in the order of the file.</summary>
    public IEnumerable<string> ModelNames => Upstreams.SelectMany(upstream => upstream.Models).Select(model => model.Text).Distinct();

    internal ImmutableArray<Client> Clients { get; init; } = [];

    internal Limits Limits { get; init; } = new();

    /// <summary>Null: plain HTTP, on loopback or to trusted proxies only.</summary>
    internal TlsSettings? Tls { get; init; }

    /// <summary>Whose <c>X-Forwarded-*</c> headers are believed; without TLS, also the only ones who may connect from elsewhere.</summary>
    internal ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Whether a refusal tells its caller that it is one and nothing of what decided it; else it names clauses and cause.
    /// </summary>
    internal bool IsTerse { get; init; }

    internal LogSettings Logs { get; init; } = LogSettings.Default;

    /// <summary>Null: nothing is exported.</summary>
    internal TelemetrySettings? Telemetry { get; init; }

    /// <summary>Top-level request fields that the operator declares to carry no content, beyond those that the reader knows.</summary>
    internal ImmutableArray<string> ExtraFields { get; init; } = [];

    /// <summary>Values of <c>anthropic-beta</c> that clients may send in addition to the known ones.</summary>
    internal ImmutableArray<string> ExtraBetas { get; init; } = [];
}
