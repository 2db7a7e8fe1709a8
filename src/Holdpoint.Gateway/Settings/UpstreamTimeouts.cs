namespace Holdpoint.Gateway.Settings;

/// <summary>The longest waits for an upstream; <see cref="LimitKeys"/> has the defaults and their reasons. Immutable.</summary>
internal sealed record UpstreamTimeouts
{
    public static UpstreamTimeouts Default { get; } = new();

    /// <summary>To connect, TLS included.</summary>
    public TimeSpan Connect { get; init; } = LimitKeys.Connect.Default;

    /// <summary>From sending to the head of the answer.</summary>
    public TimeSpan FirstByte { get; init; } = LimitKeys.FirstByte.Default;

    /// <summary>Between two reads of the body.</summary>
    public TimeSpan BetweenBytes { get; init; } = LimitKeys.BetweenBytes.Default;

    public static UpstreamTimeouts Read(SettingsSection limits) => new()
    {
        Connect = limits.Seconds(LimitKeys.Connect),
        FirstByte = limits.Seconds(LimitKeys.FirstByte),
        BetweenBytes = limits.Seconds(LimitKeys.BetweenBytes),
    };
}
