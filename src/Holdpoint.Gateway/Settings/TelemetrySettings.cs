namespace Holdpoint.Gateway.Settings;

/// <summary>The destination of traces and metrics.</summary>
/// <param name="Receiver">
/// Base address of an OTLP/HTTP receiver, ending in a slash; <c>v1/traces</c> and <c>v1/metrics</c> are under it.
/// </param>
/// <param name="Headers">Where headers for it are read, as <c>name=value,name=value</c>; null for none.</param>
/// <param name="SampleRatio">Share of calls that are traced, 0 to 1.</param>
/// <param name="MetricsEvery">How often metrics are sent.</param>
internal sealed record TelemetrySettings(Uri Receiver, SecretSource? Headers, double SampleRatio, TimeSpan MetricsEvery)
{
    public static SectionKeys Keys { get; } = new("telemetry");

    private static readonly SettingsKey.Text Otlp = Keys.Text("otlp");
    private static readonly SettingsKey.Text HeadersEnv = Keys.Text("headers_env");

    /// <summary>All: a call to a model costs a thousand times its trace.</summary>
    private static readonly SettingsKey.Number Ratio = Keys.Number("sample_ratio", 1, 0, 1);

    /// <summary>As in the OpenTelemetry SDKs.</summary>
    private static readonly SettingsKey.Seconds MetricsSeconds = Keys.Seconds("metrics_seconds", TimeSpan.FromSeconds(60), least: 0.1);

    public static TelemetrySettings? Read(SettingsSection section)
    {
        var text = section.Required(Otlp);
        var headers = section.Text(HeadersEnv) is { } variable ? new SecretSource.EnvironmentVariable(variable) : null;
        var (ratio, every) = (section.Number(Ratio), section.Seconds(MetricsSeconds));
        section.Close();
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address.UserInfo.Length == 0)
        {
            return new(new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), headers, ratio, every);
        }

        section.Report(
            SettingsCode.BadValue,
            Otlp.Name,
            "must be the base address of an OTLP/HTTP receiver, without a user name",
            "write one such as http://127.0.0.1:4318");
        return null;
    }
}
