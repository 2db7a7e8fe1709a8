namespace Holdpoint.Gateway.Settings;

/// <summary>When an upstream is left alone for a while. Immutable.</summary>
internal sealed record CircuitRule
{
    public static CircuitRule Default { get; } = new();

    /// <summary>
    /// Share of sick attempts from which on it is left alone, above 0 to 1. Default 0.5: providers have minutes in which one call in ten
    /// fails and nine are worth making.
    /// </summary>
    public double Ratio { get; init; } = 0.5;

    /// <summary>Attempts within <see cref="Window"/> below which nothing is concluded; at least 2. Default 20: fewer are chance.</summary>
    public int LeastAttempts { get; init; } = 20;

    /// <summary>How far back attempts count. Default 30 s: shorter ones see too few attempts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long it is left alone before one call tries it. Default 2 s: one attempt every two seconds burdens nobody, and a provider that
    /// is well again is not missed for long.
    /// </summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(2);
}
