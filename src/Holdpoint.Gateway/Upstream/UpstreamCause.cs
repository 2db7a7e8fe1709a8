using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>Stable codes of what can go wrong with an upstream, beside those of <see cref="WireCause"/> that begin with <c>upstream_</c>.</summary>
internal static class UpstreamCause
{
    /// <summary>No connection, or none that stayed until an answer began.</summary>
    public const string Unreachable = "upstream_unreachable";

    /// <summary>It took longer than allowed to connect, to begin its answer, or to go on with it.</summary>
    public const string Timeout = "upstream_timeout";

    /// <summary>It refused our key. Its own text can quote the key, so it is not passed on.</summary>
    public const string Credentials = "upstream_credentials";

    /// <summary>As many calls are under way there as the configuration allows.</summary>
    public const string Full = "upstream_full";

    /// <summary>It mostly failed lately and is left alone for a moment.</summary>
    public const string Suspended = "upstream_suspended";

    public static Fault IsFull { get; } =
        new(503, Full, "", "As many calls as this gateway allows are under way at the model's provider; try again.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Fault IsSuspended(TimeSpan wait) =>
        new(503, Suspended, "", "The model's provider mostly failed lately and is left alone for a moment; try again.") { RetryAfter = wait };

    public static Fault Unreached { get; } = new(502, Unreachable, "", "The model's provider cannot be reached.");

    public static Fault TimedOut { get; } = new(504, Timeout, "", "The model's provider did not answer in time.");

    public static Fault Refused { get; } =
        new(502, Credentials, "", "The model's provider refused this gateway's own credentials; its operator has to act.");

    public static Fault Truncated { get; } =
        new(502, WireCause.UpstreamTruncated, "", "The answer of the model's provider ended before it was complete.");

    public static Fault TooLarge { get; } =
        new(502, WireCause.UpstreamTooLarge, "", "The answer of the model's provider is larger than allowed.");

    public static Fault Invalid(string why) => new(502, WireCause.UpstreamInvalid, "", $"The model's provider answered with {why}.");
}
