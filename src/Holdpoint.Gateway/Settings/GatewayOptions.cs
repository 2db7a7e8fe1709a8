namespace Holdpoint.Gateway.Settings;

// The configuration file as written, before any check: what YamlDotNet fills. A key that has no property here is refused by the reader.

internal sealed class GatewayOptions
{
    public string? Listen { get; set; }
    public string? Store { get; set; }
    public string? Agreement { get; set; }
    public LogOptions? Log { get; set; }
    public List<UpstreamOptions?>? Upstreams { get; set; }
    public List<ClientOptions?>? Clients { get; set; }
    public LimitOptions? Limits { get; set; }
    public List<string?>? ExtraFields { get; set; }
}

internal sealed class LogOptions
{
    public string? Origin { get; set; }
    public string? KeyFile { get; set; }
    public string? GuardFile { get; set; }
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
    public double? BetweenBytesSeconds { get; set; }
}
