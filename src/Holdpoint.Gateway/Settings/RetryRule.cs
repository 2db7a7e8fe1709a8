namespace Holdpoint.Gateway.Settings;

/// <summary>How often, and after which wait, upstreams are asked again. Immutable.</summary>
internal sealed record RetryRule
{
    /// <summary>The wait before the first further round. 0.5 s, doubling: where the official clients begin.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    public static RetryRule Default { get; } = new();

    /// <summary>
    /// Further rounds through the upstreams of a model. Default 1: the official clients ask twice more themselves, and each of theirs is
    /// multiplied by ours.
    /// </summary>
    public int Rounds { get; init; } = 1;

    /// <summary>
    /// Longest wait before a further round; a provider that wants more time is not waited for. Default 2 s: four times the first wait.
    /// Whoever should wait longer is the client, who knows how long it can, and has the provider's <c>Retry-After</c> to go by.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);
}
