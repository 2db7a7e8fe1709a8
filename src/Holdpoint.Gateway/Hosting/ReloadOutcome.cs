using System.Collections.Immutable;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The outcome of a reload.</summary>
/// <param name="At">When it was asked for.</param>
/// <param name="Problems">Why it was refused and everything stays as it was, one line each; empty when it was taken.</param>
public sealed record ReloadOutcome(DateTimeOffset At, ImmutableArray<string> Problems)
{
    /// <summary>Whether the new configuration and agreement are active.</summary>
    public bool IsApplied => Problems.IsEmpty;
}
