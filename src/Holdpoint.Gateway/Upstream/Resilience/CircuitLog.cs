using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>Tells the operator of upstreams that are left alone and of those that are well again.</summary>
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

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "Upstream {Upstream} mostly fails and is left alone")]
    private partial void LogOpened(string upstream);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Information, Message = "Upstream {Upstream} is well again")]
    private partial void LogClosed(string upstream);
}
