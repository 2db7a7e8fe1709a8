using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>Tells the operator of circuits that open and close.</summary>
internal sealed partial class CircuitLog(ILogger<CircuitLog> logger)
{
    public void Tell(string upstream, CircuitState state)
    {
        switch (state)
        {
            case CircuitState.Open:
                LogOpened(upstream);
                break;
            case CircuitState.HalfOpen:
                break;
            default:
                LogClosed(upstream);
                break;
        }
    }

    [LoggerMessage(
        EventId = 7001,
        Level = LogLevel.Warning,
        Message = "Circuit of upstream {Upstream} opened: most recent calls failed, so calls are paused")]
    private partial void LogOpened(string upstream);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Information, Message = "Circuit of upstream {Upstream} closed: calls succeed again")]
    private partial void LogClosed(string upstream);
}
