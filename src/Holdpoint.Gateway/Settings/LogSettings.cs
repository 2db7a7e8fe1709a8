namespace Holdpoint.Gateway.Settings;

/// <summary>How the gateway writes to standard error.</summary>
/// <param name="IsJson">One JSON object a line, instead of text for people.</param>
/// <param name="Requests">A line for each request.</param>
internal sealed record LogSettings(bool IsJson, bool Requests);
