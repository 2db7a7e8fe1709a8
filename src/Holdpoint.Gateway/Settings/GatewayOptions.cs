namespace Holdpoint.Gateway.Settings;

// The configuration file as written, before any check: what YamlDotNet fills. A key that has no property here is refused by the reader.

internal sealed class GatewayOptions
{
    public string? Listen { get; set; }
    public string? Store { get; set; }
    public string? Agreement { get; set; }
    public LogOptions? Log { get; set; }
    public HoldOptions? Holds { get; set; }
    public List<UpstreamOptions?>? Upstreams { get; set; }
    public List<ClientOptions?>? Clients { get; set; }
    public LimitOptions? Limits { get; set; }
    public List<string?>? ExtraFields { get; set; }
    public List<string?>? ExtraBetas { get; set; }
    public TlsOptions? Tls { get; set; }
    public List<string?>? TrustedProxies { get; set; }
    public LoggingOptions? Logs { get; set; }
    public TelemetryOptions? Telemetry { get; set; }
}

internal sealed class TlsOptions
{
    public string? CertificateFile { get; set; }
    public string? KeyFile { get; set; }
}

internal sealed class LoggingOptions
{
    public string? Format { get; set; }
    public bool? Requests { get; set; }
}

internal sealed class TelemetryOptions
{
    public string? Otlp { get; set; }
    public string? HeadersEnv { get; set; }
    public double? SampleRatio { get; set; }
    public double? MetricsSeconds { get; set; }
}

internal sealed class LogOptions
{
    public string? Origin { get; set; }
    public string? KeyFile { get; set; }
    public string? GuardFile { get; set; }
}

internal sealed class HoldOptions
{
    public string? KeyFile { get; set; }
    public WebhookOptions? Webhook { get; set; }
}

internal sealed class WebhookOptions
{
    public string? Url { get; set; }
    public string? SecretEnv { get; set; }
    public string? SecretFile { get; set; }
}

internal sealed class UpstreamOptions
{
    public string? Name { get; set; }
    public string? Kind { get; set; }
    public string? Provider { get; set; }
    public string? Url { get; set; }
    public string? KeyEnv { get; set; }
    public string? KeyFile { get; set; }
    public List<string?>? Models { get; set; }
    public int? Connections { get; set; }
}

internal sealed class ClientOptions
{
    public string? KeySha256 { get; set; }
    public string? Deployment { get; set; }
    public string? Principal { get; set; }
    public string? Person { get; set; }
    public List<string?>? Rights { get; set; }
}

internal sealed class LimitOptions
{
    public int? BodyBytes { get; set; }
    public int? AnswerBytes { get; set; }
    public int? Connections { get; set; }
    public int? EvidencePerCall { get; set; }
    public double? FirstByteSeconds { get; set; }
    public double? BodySeconds { get; set; }

    public double? BetweenBytesSeconds { get; set; }
    public int? Calls { get; set; }
    public int? CallsPerClient { get; set; }
    public double? ConnectSeconds { get; set; }
    public double? TotalSeconds { get; set; }
    public double? StopSeconds { get; set; }
    public int? Retries { get; set; }
    public double? RetryWaitSeconds { get; set; }
    public double? CircuitRatio { get; set; }
    public int? CircuitAttempts { get; set; }
    public double? CircuitWindowSeconds { get; set; }
    public double? CircuitBreakSeconds { get; set; }
}
