using System.Globalization;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream.Care;

/// <summary>What one attempt to send a call came to, as far as it matters for another one (ADR 0150).</summary>
/// <param name="Taken">Whether the provider took the call.</param>
/// <param name="MayAskAgain">Whether the same upstream could answer otherwise when asked again.</param>
/// <param name="IsSick">Whether it counts against the upstream's health.</param>
/// <param name="RetryAfter">When the provider wants to be asked again; null where it did not say.</param>
internal readonly record struct Attempt(Taken Taken, bool MayAskAgain, bool IsSick, TimeSpan? RetryAfter)
{
    /// <summary>Judges an outcome by its status or fault.</summary>
    /// <param name="outcome">What sending came to.</param>
    /// <param name="now">For a <c>Retry-After</c> that is a date.</param>
    public static Attempt Of(ForwardOutcome outcome, DateTimeOffset now) => outcome switch
    {
        ForwardOutcome.Answered { Answer: { Kind: AnswerKind.Error } answer } => OfStatus(answer, now),
        ForwardOutcome.Answered => new(Taken.Yes, MayAskAgain: false, IsSick: false, null),
        ForwardOutcome.Failed { Fault.Cause: UpstreamCause.Credentials } failed => new(failed.Taken, MayAskAgain: false, IsSick: false, null),

        // Waiting for a place, or for the moment to pass, would be the queue that there is not to be.
        ForwardOutcome.Failed { Fault.Cause: UpstreamCause.Full or UpstreamCause.Suspended } => new(Taken.No, MayAskAgain: false, IsSick: false, null),

        // It was answered, at length.
        ForwardOutcome.Failed { Fault.Cause: WireCause.UpstreamTooLarge } => new(Taken.Yes, MayAskAgain: false, IsSick: false, null),

        // It was answered, in a way that we do not read; asking again would be paid for again.
        ForwardOutcome.Failed { Taken: Taken.Yes } => new(Taken.Yes, MayAskAgain: false, IsSick: true, null),

        // Another wait of that length would double what the client has waited already.
        ForwardOutcome.Failed { Fault.Cause: UpstreamCause.Timeout } failed => new(failed.Taken, MayAskAgain: false, IsSick: true, null),
        ForwardOutcome.Failed failed => new(failed.Taken, MayAskAgain: true, IsSick: true, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Attempt OfStatus(UpstreamAnswer answer, DateTimeOffset now) => answer.Status switch
    {
        // Refused before any work: too many requests, unavailable (RFC 9110 §15.6.4), and Anthropic's 529 for overload.
        429 => new(Taken.No, MayAskAgain: true, IsSick: false, RetryAfterOf(answer, now)),
        503 or 529 => new(Taken.No, MayAskAgain: true, IsSick: true, RetryAfterOf(answer, now)),
        408 or >= 500 => new(Taken.Perhaps, MayAskAgain: true, IsSick: true, RetryAfterOf(answer, now)),
        _ => new(Taken.Yes, MayAskAgain: false, IsSick: false, null),
    };

    /// <summary>The header in either form of RFC 9110 §10.2.3, or in the milliseconds that OpenAI adds. What cannot be read was not said.</summary>
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
