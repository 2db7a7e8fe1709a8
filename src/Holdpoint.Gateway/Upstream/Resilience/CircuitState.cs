namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>Whether calls reach an upstream.</summary>
internal enum CircuitState
{
    /// <summary>All do.</summary>
    Closed,

    /// <summary>None does until the break is over.</summary>
    Open,

    /// <summary>The break is over, and one call is finding out whether the upstream works again.</summary>
    HalfOpen,
}
