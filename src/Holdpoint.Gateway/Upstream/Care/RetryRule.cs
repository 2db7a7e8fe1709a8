using System.Security.Cryptography;

namespace Holdpoint.Gateway.Upstream.Care;

/// <summary>How often, and after which wait, upstreams are asked again. Immutable.</summary>
internal sealed record RetryRule
{
    /// <summary>The wait before the first further round. 0.5 s, doubling: where the official clients begin.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

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

    /// <summary>How long to wait before the upstream of this attempt is asked again; null: not at all.</summary>
    /// <param name="round">How many rounds were made; from 1.</param>
    /// <param name="attempt">What the last one came to.</param>
    public TimeSpan? WaitAfter(int round, Attempt attempt)
    {
        if (round > Rounds || !attempt.MayAskAgain)
        {
            return null;
        }

        if (attempt.RetryAfter is { } asked)
        {
            // Never before the time that was asked for; spread behind it, for all who were sent away were told the same.
            return asked > LongestWait ? null : asked + (asked * 0.1 * Jitter());
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(round - 1, 16));
        return (wait < LongestWait ? wait : LongestWait) * (0.5 + (0.5 * Jitter()));
    }

    private static double Jitter() => RandomNumberGenerator.GetInt32(1_000_000) / 1e6;
}
