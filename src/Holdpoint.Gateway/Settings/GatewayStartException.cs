namespace Holdpoint.Gateway.Settings;

/// <summary>The gateway did not start. The message says what is missing or wrong and what to do; it holds no secret.</summary>
public sealed class GatewayStartException(string message, Exception? inner = null) : Exception(message, inner);
