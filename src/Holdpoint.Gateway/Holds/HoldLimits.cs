namespace Holdpoint.Gateway.Holds;

/// <summary>Limits on what may wait at once. A call beyond them is refused, because a call that cannot be held must not happen.</summary>
internal sealed record HoldLimits
{
    /// <summary>Most open holds of one principal. Default 200: more than people decide in a day.</summary>
    public int OpenPerPrincipal { get; init; } = 200;

    /// <summary>Most open holds in all. Default 10,000: as many as connections that the gateway is built for.</summary>
    public int Open { get; init; } = 10_000;

    /// <summary>Most bytes of kept content in all. Default 2 GiB: a tenth of what the store may grow to.</summary>
    public long ContentBytes { get; init; } = 2L << 30;

    /// <summary>Most bytes of kept content of one principal. Default 256 MiB: an eighth of all, so that no one of them fills it.</summary>
    public long ContentBytesPerPrincipal { get; init; } = 256L << 20;

    /// <summary>Longest that a connection is kept while people decide. 240 s: proxies and clients commonly give up at 300.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(240);

    /// <summary>The largest difference between an approver's clock and the gateway's, as tokens commonly allow: 5 minutes.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromMinutes(5);
}
