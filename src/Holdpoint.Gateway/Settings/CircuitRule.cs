namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The rule by which an upstream that mostly fails gets no calls for a while; <see cref="LimitKeys"/> has the defaults and their reasons.
/// Immutable.
/// </summary>
internal sealed record CircuitRule
{
    public static CircuitRule Default { get; } = new();

    /// <summary>Share of failed attempts from which on it gets no calls, above 0 to 1.</summary>
    public double Ratio { get; init; } = LimitKeys.CircuitRatio.Default;

    /// <summary>Attempts within <see cref="Window"/> below which nothing is concluded; at least 2.</summary>
    public int LeastAttempts { get; init; } = LimitKeys.CircuitAttempts.Default;

    /// <summary>The time span in which attempts count.</summary>
    public TimeSpan Window { get; init; } = LimitKeys.CircuitWindow.Default;

    /// <summary>The time without calls before one call tries the upstream.</summary>
    public TimeSpan Break { get; init; } = LimitKeys.CircuitBreak.Default;

    public static CircuitRule Read(SettingsSection limits) => new()
    {
        Ratio = limits.Number(LimitKeys.CircuitRatio),
        LeastAttempts = limits.Whole(LimitKeys.CircuitAttempts),
        Window = limits.Seconds(LimitKeys.CircuitWindow),
        Break = limits.Seconds(LimitKeys.CircuitBreak),
    };
}
