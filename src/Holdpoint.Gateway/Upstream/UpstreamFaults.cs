using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// The faults of upstreams, with the stable codes of those causes that reading an answer (<see cref="WireCause"/>) does not have.
/// </summary>
internal static class UpstreamFaults
{
    public const string UnreachableCause = "upstream_unreachable";
    public const string TimeoutCause = "upstream_timeout";
    public const string CredentialsCause = "upstream_credentials";
    public const string QuotesKeyCause = "upstream_quotes_key";
    public const string ErrorWithheldCause = "upstream_error_withheld";
    public const string FullCause = "upstream_full";
    public const string SuspendedCause = "upstream_suspended";

    /// <summary>As many calls are under way there as the configuration allows.</summary>
    public static Fault Full { get; } = new(
        HttpStatus.ServiceUnavailable,
        FullCause,
        "",
        "The model's provider is at this gateway's limit of concurrent calls to it; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>No connection, or none that stayed until an answer began.</summary>
    public static Fault Unreachable { get; } =
        new(HttpStatus.BadGateway, UnreachableCause, "", "The model's provider cannot be reached.");

    /// <summary>It took longer than allowed to connect, to begin its answer, or to go on with it.</summary>
    public static Fault TimedOut { get; } =
        new(HttpStatus.GatewayTimeout, TimeoutCause, "", "The model's provider did not answer in time.");

    /// <summary>It refused the gateway's key. Its own text can quote the key, so it is not passed on.</summary>
    public static Fault Credentials { get; } = new(
        HttpStatus.BadGateway,
        CredentialsCause,
        "",
        "The model's provider refused this gateway's own credentials; its operator has to act.");

    /// <summary>It refused the call with a 403. Its own text can quote the key or the call, so it is not passed on.</summary>
    public static Fault Forbidden { get; } = Fault.Forbidden(
        WireCause.UpstreamForbidden, "The model's provider refused this call; its operator can see at the provider why.");

    /// <summary>Its answer shows the key with which the gateway asked.</summary>
    public static Fault QuotesKey { get; } = new(
        HttpStatus.BadGateway, QuotesKeyCause, "", "The model's provider answered with its own key, so the answer is not passed on.");

    public static Fault Truncated { get; } = new(
        HttpStatus.BadGateway, WireCause.UpstreamTruncated, "", "The answer of the model's provider ended before it was complete.");

    public static Fault TooLarge { get; } = new(
        HttpStatus.BadGateway, WireCause.UpstreamTooLarge, "", "The answer of the model's provider is larger than allowed.");

    private static Fault NotHttp { get; } = Invalid("something that is not HTTP");

    /// <summary>Most recent calls to it failed, so its circuit is open.</summary>
    /// <param name="pause">How long a circuit stays open.</param>
    public static Fault Suspended(TimeSpan pause) => new(
        HttpStatus.ServiceUnavailable,
        SuspendedCause,
        "",
        "The model's provider has been failing, so calls to it are paused briefly; try again.")
    {
        RetryAfter = pause,
    };

    /// <summary>It answered with an error whose text the agreement does not let through.</summary>
    /// <param name="status">The error's status.</param>
    public static Fault ErrorWithheld(int status) => new(
        status, ErrorWithheldCause, "", $"The model's provider answered with status {status} and a text that may not be passed on.");

    /// <param name="what">What it answered with, in words of this gateway's own.</param>
    public static Fault Invalid(string what) =>
        new(HttpStatus.BadGateway, WireCause.UpstreamInvalid, "", $"The model's provider answered with {what}.");

    /// <summary>
    /// The fault that the client is told after a network error. The exceptions' own texts name hosts and addresses, so none is passed on.
    /// </summary>
    public static Fault Of(Exception error) => error switch
    {
        OperationCanceledException => TimedOut,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Truncated,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => NotHttp,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => TooLarge,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => NotHttp,
        HttpRequestException { InnerException: HttpIOException inner } => Of(inner),
        HttpRequestException => Unreachable,
        _ => Truncated,
    };
}
