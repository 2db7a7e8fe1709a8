using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The faults that the way of a call itself raises, with their stable codes (docs/reference/causes.md lists all: never renamed, never
/// reused). Wire formats, evidence, upstreams and holds define their own.
/// </summary>
internal static class CallFaults
{
    public const string RateLimitedCause = "rate_limited";
    public const string InvalidApiKey = "invalid_api_key";
    public const string Unauthenticated = "unauthenticated";
    public const string UnknownPathCause = "unknown_path";
    public const string UnknownModelCause = "unknown_model";
    public const string ModelOfOtherFormatCause = "model_of_other_format";
    public const string InvalidEvidenceHeaderCause = "invalid_evidence_header";
    public const string BodyIncomplete = "body_incomplete";
    public const string BodyTimeout = "body_timeout";
    public const string RecordUnavailable = "record_unavailable";
    public const string StoreUnavailable = "store_unavailable";
    public const string Overloaded = BudgetFaults.Overloaded;
    public const string StageTimeout = "stage_timeout";
    public const string ConfigurationChangedCause = "configuration_changed";
    public const string Cancelled = "cancelled";
    public const string Internal = "internal";

    /// <summary>For a caller whom nobody knows.</summary>
    public static Fault UnknownKey { get; } = Unauthorized(InvalidApiKey);

    /// <summary>The same where the log is read.</summary>
    public static Fault UnknownReader { get; } = Unauthorized(Unauthenticated);

    /// <summary>The log or another reading needs the store, and cannot read it.</summary>
    public static Fault StoreUnreadable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, StoreUnavailable, "", "The store cannot be read now; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>A client makes more requests, or more faults, than its rate.</summary>
    /// <param name="wait">When the next one is in time.</param>
    public static Fault RateLimited(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, RateLimitedCause, "", "This key makes more requests than its rate allows; try again later.")
    {
        RetryAfter = wait,
    };

    /// <summary>Nothing can be recorded, or what was recorded is lost: nothing is answered.</summary>
    public static Fault NotRecorded { get; } = new(
        StatusCodes.Status503ServiceUnavailable, RecordUnavailable, "", "No record can be written now, so nothing is answered; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>The key of a request that had begun to arrive is nobody's any more.</summary>
    public static Fault KeyRemoved { get; } = new(
        StatusCodes.Status401Unauthorized, ConfigurationChangedCause, "",
        "The configuration was reloaded before the request had arrived, and the key that it came with is no longer known.");

    /// <summary>A reload took away what a decision on the request would rely on.</summary>
    public static Fault ConfigurationChanged { get; } = Fault.Forbidden(
        ConfigurationChangedCause,
        "The configuration was reloaded meanwhile, and what the request relied on (its key, its deployment, a statement or an approval) "
        + "no longer counts.");

    /// <summary>More strangers ask for what is public than there are turns.</summary>
    public static Fault StrangersFull { get; } = Full("More is asked of this gateway's public log than it can answer now; try again.");

    public static Fault UnknownModel { get; } =
        new(StatusCodes.Status404NotFound, UnknownModelCause, "/model", "No upstream of this gateway serves that model.");

    public static Fault ModelOfOtherFormat { get; } = new(
        StatusCodes.Status404NotFound,
        ModelOfOtherFormatCause,
        "/model",
        "That model is served in another provider's format; nothing is translated, so call it at an endpoint of that provider's format.");

    public static Fault GatewayFull { get; } = Full("This gateway is at its limit of concurrent calls; try again.");

    public static Fault ClientFull { get; } = Full("This key is at its limit of concurrent calls; try again.");

    public static Fault UnknownPath { get; } =
        new(StatusCodes.Status404NotFound, UnknownPathCause, "", "This gateway has no such endpoint.");

    public static Fault RepeatedHeader(string name) =>
        Fault.BadRequest(WireCause.UnsupportedHeader, $"The header {Known(name)} appears more than once.");

    public static Fault UnsupportedHeader(string name) =>
        Fault.BadRequest(WireCause.UnsupportedHeader, $"The header {Known(name)} is not supported by this version.");

    public static Fault InvalidEvidenceHeader(int most) => Fault.BadRequest(
        InvalidEvidenceHeaderCause,
        $"{HoldpointHeaders.Evidence} must be a comma-separated list of at most {most} ids of the form sha256:<64 lower-case hex digits>.");

    /// <summary>
    /// The one place where an exception becomes an answer. Every case is a refusal: there is no exception, time-out or cancellation
    /// after which a call goes on.
    /// </summary>
    public static Fault From(Exception exception, bool clientIsGone) => exception switch
    {
        RecordUnavailableException { Fault: RecordFault.Superseded } => ConfigurationChanged,
        RecordUnavailableException or StoreUnavailableException => NotRecorded,
        _ when clientIsGone =>
            new(StatusCodes.Status499ClientClosedRequest, Cancelled, "", "The client closed the connection."),
        OperationCanceledException or TimeoutException =>
            new(StatusCodes.Status504GatewayTimeout, StageTimeout, "", "A stage of the decision did not finish in time."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new(StatusCodes.Status413PayloadTooLarge, WireCause.BodyTooLarge, "", "The body is larger than this gateway reads."),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(
            StatusCodes.Status408RequestTimeout, BodyTimeout, "", "The body did not arrive within the time limit."),
        BadHttpRequestException or IOException =>
            Fault.BadRequest(BodyIncomplete, "The request did not arrive whole."),
        _ => new(
            StatusCodes.Status500InternalServerError, Internal, "", "An internal error occurred, so the gateway refused the call."),
    };

    private static Fault Unauthorized(string cause) => new(
        StatusCodes.Status401Unauthorized, cause, "", "Missing or unknown API key: a Holdpoint client key is needed.");

    private static Fault Full(string message) =>
        new(StatusCodes.Status503ServiceUnavailable, Overloaded, "", message) { RetryAfter = TimeSpan.FromSeconds(1) };

    // A name from the wire is echoed only where it is one of Holdpoint's own.
    private static string Known(string name) =>
        new[]
        {
            HoldpointHeaders.Claims, HoldpointHeaders.Evidence, HoldpointHeaders.Hold, HoldpointHeaders.Wait,
            HoldpointHeaders.Verdict, HoldpointHeaders.Record, HoldpointHeaders.Bundle,
        }
        .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? $"with the prefix {HoldpointHeaders.Prefix}";
}
