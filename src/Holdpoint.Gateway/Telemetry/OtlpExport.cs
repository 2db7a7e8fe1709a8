using Holdpoint.Gateway.Settings;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// Sends traces and metrics to an OTLP receiver until it is disposed; what is left is sent then. A receiver that
/// is down costs only its own data.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <param name="settings">Where to.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="gateway">This gateway's name in the log.</param>
    public OtlpExport(TelemetrySettings settings, string version, string gateway)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("holdpoint", serviceVersion: version, serviceInstanceId: gateway);
        var headers = settings.Headers?.Read();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(GatewayTelemetry.Name)
            .SetSampler(new TraceIdRatioBasedSampler(settings.SampleRatio))
            .AddOtlpExporter(options => SendTo(options, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(GatewayTelemetry.Name)
            .AddOtlpExporter((options, reader) =>
            {
                SendTo(options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.MetricsEvery.TotalMilliseconds;
            })
            .Build();

        void SendTo(OtlpExporterOptions options, string path)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri(settings.Receiver, path);
            options.Headers = headers;
        }
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
