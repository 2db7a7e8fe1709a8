namespace Holdpoint.Gateway.Settings;

/// <summary>Where traces and metrics go.</summary>
/// <param name="Receiver">Base address of an OTLP/HTTP receiver, ending in a slash; <c>v1/traces</c> and <c>v1/metrics</c> are under it.</param>
/// <param name="Headers">Where headers for it are read, as <c>name=value,name=value</c>; null for none.</param>
/// <param name="SampleRatio">Share of calls that are traced, 0 to 1. Default 1: a call to a model costs a thousand times its trace.</param>
/// <param name="MetricsEvery">How often metrics are sent. Default 60 s, as in the OpenTelemetry SDKs.</param>
internal sealed record TelemetrySettings(Uri Receiver, SecretSource? Headers, double SampleRatio, TimeSpan MetricsEvery);
