using System.Globalization;
using System.Security.Cryptography;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>The result of one attempt to send a call, as far as it matters for another attempt (ADR 0150).</summary>
/// <param name="Delivery">Whether the provider took the call.</param>
/// <param name="MayAskAgain">Whether the same upstream could answer otherwise when asked again.</param>
/// <param name="IsSick">Whether it counts against the upstream's health.</param>
/// <param name="RetryAfter">When the provider wants to be asked again; null where it did not say.</param>
internal readonly record struct Attempt(Delivery Delivery, bool MayAskAgain, bool IsSick, TimeSpan? RetryAfter)
{
    /// <summary>Judges an outcome by its status or fault.</summary>
    /// <param name="outcome">What sending came to.</param>
    /// <param name="now">For a <c>Retry-After</c> that is a date.</param>
    public static Attempt Of(ForwardOutcome outcome, DateTimeOffset now) => outcome switch
    {
        ForwardOutcome.Answered { Answer: { Kind: AnswerKind.Error } answer } => OfStatus(answer, now),
        ForwardOutcome.Answered => new(Delivery.Yes, MayAskAgain: false, IsSick: false, null),
        ForwardOutcome.Failed { Fault.Cause: UpstreamFaults.CredentialsCause or WireCause.UpstreamForbidden } failed =>
            new(failed.Delivery, MayAskAgain: false, IsSick: false, null),

        // Waiting for a slot, or for the moment to pass, would be the queue that there is not to be.
        ForwardOutcome.Failed { Fault.Cause: UpstreamFaults.FullCause or UpstreamFaults.SuspendedCause } failed =>
            new(failed.Delivery, MayAskAgain: false, IsSick: false, null),

        // It was answered, at length.
        ForwardOutcome.Failed { Fault.Cause: WireCause.UpstreamTooLarge } => new(Delivery.Yes, MayAskAgain: false, IsSick: false, null),

        // It was answered, in a way that we do not read; asking again would be paid for again.
        ForwardOutcome.Failed { Delivery: Delivery.Yes } => new(Delivery.Yes, MayAskAgain: false, IsSick: true, null),

        // Another wait of that length would double what the client has waited already.
        ForwardOutcome.Failed { Fault.Cause: UpstreamFaults.TimeoutCause } failed =>
            new(failed.Delivery, MayAskAgain: false, IsSick: true, null),
        ForwardOutcome.Failed failed => new(failed.Delivery, MayAskAgain: true, IsSick: true, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The wait before the upstream of this attempt is asked again; null when it is not asked again.</summary>
    /// <param name="rule">How often, and how long.</param>
    /// <param name="round">How many rounds were made; from 1.</param>
    public TimeSpan? WaitBefore(RetryRule rule, int round)
    {
        if (round > rule.Rounds || !MayAskAgain)
        {
            return null;
        }

        if (RetryAfter is { } asked)
        {
            // Never before the time that was asked for; spread behind it, for all who were sent away were told the same.
            return asked > rule.LongestWait ? null : asked + (asked * 0.1 * Jitter());
        }

        var wait = RetryRule.FirstWait * Math.Pow(2, Math.Min(round - 1, 16));
        return (wait < rule.LongestWait ? wait : rule.LongestWait) * (0.5 + (0.5 * Jitter()));
    }

    private static double Jitter() => RandomNumberGenerator.GetInt32(1_000_000) / 1e6;

    private static Attempt OfStatus(UpstreamAnswer answer, DateTimeOffset now) => answer.Status switch
    {
        // Refused before any work: too many requests, unavailable (RFC 9110 §15.6.4), and Anthropic's 529 for overload.
        HttpStatus.TooManyRequests => new(Delivery.No, MayAskAgain: true, IsSick: false, RetryAfterOf(answer, now)),
        HttpStatus.ServiceUnavailable or HttpStatus.Overloaded =>
            new(Delivery.No, MayAskAgain: true, IsSick: true, RetryAfterOf(answer, now)),
        HttpStatus.RequestTimeout or >= HttpStatus.InternalServerError =>
            new(Delivery.Unknown, MayAskAgain: true, IsSick: true, RetryAfterOf(answer, now)),
        _ => new(Delivery.Yes, MayAskAgain: false, IsSick: false, null),
    };

    /// <summary>
    /// The header in either form of RFC 9110 §10.2.3, or in the milliseconds that OpenAI adds. A value that
    /// cannot be read counts as absent.
    /// </summary>
    private static TimeSpan? RetryAfterOf(UpstreamAnswer answer, DateTimeOffset now)
    {
        TimeSpan? wait = null;
        foreach (var (name, value) in answer.Headers)
        {
            if (name == "retry-after-ms" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            {
                return TimeSpan.FromMilliseconds(milliseconds);
            }

            if (name == "retry-after")
            {
                wait = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
                    : DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                        ? TimeSpan.FromTicks(Math.Max(0, (date - now).Ticks))
                        : null;
            }
        }

        return wait;
    }
}
