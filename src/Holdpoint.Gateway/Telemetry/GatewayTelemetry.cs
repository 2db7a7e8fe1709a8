using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// The source of this assembly's traces and the meter of its metrics. Nothing that a client or a model wrote goes into either: models are
/// named as the configuration names them. Without a listener both cost next to nothing. Thread-safe.
/// </summary>
internal sealed class GatewayTelemetry : IDisposable
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "Holdpoint.Gateway";

    // The boundaries that the conventions ask for.
    private static readonly double[] OperationSeconds =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] FirstChunkSeconds =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
    private static readonly double[] ChunkSeconds = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5];
    private static readonly double[] RequestSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly long[] Tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly Meter _meter = new(Name);

    public GatewayTelemetry()
    {
        OperationDuration = Seconds(GenAi.OperationDuration, "GenAI operation duration.", OperationSeconds);
        TimeToFirstChunk = Seconds(GenAi.OperationTimeToFirstChunk, "Time to receive the first chunk of a stream.", FirstChunkSeconds);
        TimePerOutputChunk = Seconds(GenAi.OperationTimePerOutputChunk, "Time per chunk of a stream after the first one.", ChunkSeconds);
        TokenUsage = _meter.CreateHistogram<long>(
            GenAi.TokenUsage, "{token}", "Number of input and output tokens used.",
            tags: null, new() { HistogramBucketBoundaries = Tokens });
        RequestDuration = Seconds("http.server.request.duration", "Duration of HTTP server requests.", RequestSeconds);
        Answers = _meter.CreateCounter<long>("holdpoint.answers", "{answer}", "Answers that have a record, by verdict and cause.");
    }

    public ActivitySource Source { get; } = new(Name);

    public Histogram<double> OperationDuration { get; }

    public Histogram<double> TimeToFirstChunk { get; }

    public Histogram<double> TimePerOutputChunk { get; }

    public Histogram<long> TokenUsage { get; }

    public Histogram<double> RequestDuration { get; }

    public Counter<long> Answers { get; }

    /// <summary>Whether anybody listens.</summary>
    public bool IsOn => OperationDuration.Enabled || Source.HasListeners();

    /// <summary>Shows what the gateway is like whenever metrics are read.</summary>
    public void Watch(Gauges gauges)
    {
        _meter.CreateObservableUpDownCounter("holdpoint.calls", gauges.Calls, "{call}", "Calls and streams under way.");
        _meter.CreateObservableUpDownCounter("holdpoint.connections", gauges.Connections, "{connection}", "Connections open.");
        _meter.CreateObservableCounter("holdpoint.records", gauges.Records, "{record}", "Durable records of the log.");
        _meter.CreateObservableCounter("holdpoint.unidentified", gauges.Unidentified, "{request}", "Requests without a known key.");
        _meter.CreateObservableGauge(
            "holdpoint.ready", () => gauges.IsReady() ? 1 : 0, "1", "Whether records can be written and signed.");
    }

    public void Dispose()
    {
        Source.Dispose();
        _meter.Dispose();
    }

    private Histogram<double> Seconds(string name, string description, double[] boundaries) =>
        _meter.CreateHistogram<double>(name, "s", description, tags: null, new() { HistogramBucketBoundaries = boundaries });
}

/// <summary>The values of the gateway's gauges, each read when metrics are collected. As thread-safe as the functions given.</summary>
/// <param name="Calls">Calls and streams under way.</param>
/// <param name="Connections">Connections open.</param>
/// <param name="Records">Durable records of the log.</param>
/// <param name="Unidentified">Requests without a known key since start.</param>
/// <param name="IsReady">Whether records can be written and signed.</param>
internal sealed record Gauges(Func<int> Calls, Func<int> Connections, Func<long> Records, Func<long> Unidentified, Func<bool> IsReady);
