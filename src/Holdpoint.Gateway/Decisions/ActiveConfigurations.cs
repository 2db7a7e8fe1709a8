namespace Holdpoint.Gateway.Decisions;

/// <summary>Which configuration is active now. Thread-safe.</summary>
internal sealed class ActiveConfigurations(ActiveConfiguration first) : IDisposable
{
    /// <summary>The one that a call which begins now is handled under.</summary>
    public ActiveConfiguration Current { get; } = first;

    public void Dispose() => Current.Dispose();
}
