namespace Holdpoint.Gateway.Settings;

/// <summary>
/// When an upstream gets no calls for a while because it mostly failed; <see cref="LimitKeys"/> has the defaults and their reasons.
/// Immutable.
/// </summary>
internal sealed record CircuitRule
{
    public static CircuitRule Default { get; } = new();

    /// <summary>Share of failed attempts from which on it gets no calls, above 0 to 1.</summary>
    public double Ratio { get; init; } = LimitKeys.CircuitRatio.Default;

    /// <summary>Attempts within <see cref="Window"/> below which nothing is concluded; at least 2.</summary>
    public int LeastAttempts { get; init; } = LimitKeys.CircuitAttempts.Default;

    /// <summary>How far back attempts count.</summary>
    public TimeSpan Window { get; init; } = LimitKeys.CircuitWindow.Default;

    /// <summary>How long it gets no calls before one call tries it.</summary>
    public TimeSpan Break { get; init; } = LimitKeys.CircuitBreak.Default;

    public static CircuitRule Read(SettingsSection limits) => new()
    {
        Ratio = limits.Number(LimitKeys.CircuitRatio),
        LeastAttempts = limits.Whole(LimitKeys.CircuitAttempts),
        Window = limits.Seconds(LimitKeys.CircuitWindow),
        Break = limits.Seconds(LimitKeys.CircuitBreak),
    };
}
