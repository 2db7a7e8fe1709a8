namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The number of retries and the waits before them; <see cref="LimitKeys"/> has the defaults and their reasons. Immutable.
/// </summary>
internal sealed record RetryRule
{
    /// <summary>The wait before the first further round. 0.5 s, doubling: where the official clients begin.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    public static RetryRule Default { get; } = new();

    /// <summary>Further rounds through the upstreams of a model.</summary>
    public int Rounds { get; init; } = LimitKeys.Retries.Default;

    /// <summary>
    /// Longest wait before a further round; a provider that wants more time is not waited for: the client has the provider's
    /// <c>Retry-After</c> to go by.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = LimitKeys.RetryWait.Default;

    public static RetryRule Read(SettingsSection limits) => new()
    {
        Rounds = limits.Whole(LimitKeys.Retries),
        LongestWait = limits.Seconds(LimitKeys.RetryWait),
    };
}
