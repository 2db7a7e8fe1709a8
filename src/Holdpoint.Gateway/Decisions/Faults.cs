using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The faults of a call that no wire format and no upstream knows of.</summary>
internal static class Faults
{
    public static Fault BadRequest(string cause, string message) => new(StatusCodes.Status400BadRequest, cause, "", message);

    public static Fault Forbidden(string cause, string message) => new(StatusCodes.Status403Forbidden, cause, "", message);

    public static Fault CallRightMissing { get; } = Forbidden(Causes.RightMissing, "This key has no right to call models or to post evidence.");

    public static Fault UnknownModel { get; } =
        new(StatusCodes.Status404NotFound, Causes.UnknownModel, "/model", "No upstream of this gateway serves that model.");

    public static Fault ModelOfOtherFormat { get; } = new(
        StatusCodes.Status404NotFound,
        Causes.ModelOfOtherFormat,
        "/model",
        "That model is served in another provider's format; nothing is translated, so call it at an endpoint of its own.");

    public static Fault GatewayFull { get; } = Full("This gateway has as many calls under way as it takes; try again.");

    public static Fault ClientFull { get; } = Full("This key has as many calls under way as it may; try again.");

    public static Fault UnknownPath { get; } =
        new(StatusCodes.Status404NotFound, Causes.UnknownPath, "", "This gateway has no such endpoint.");

    private static Fault Full(string message) =>
        new(StatusCodes.Status503ServiceUnavailable, Causes.Overloaded, "", message) { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>
    /// The one place where an exception becomes an answer. Every case is a refusal: there is no exception, time-out or cancellation
    /// after which a call goes on.
    /// </summary>
    public static Fault From(Exception exception, bool clientIsGone) => exception switch
    {
        RecordUnavailableException or StoreUnavailableException =>
            new(StatusCodes.Status503ServiceUnavailable, Causes.RecordUnavailable, "", "No record can be written now, so nothing is answered; try again."),
        _ when clientIsGone =>
            new(StatusCodes.Status499ClientClosedRequest, Causes.Cancelled, "", "The client closed the connection."),
        OperationCanceledException or TimeoutException =>
            new(StatusCodes.Status504GatewayTimeout, Causes.StageTimeout, "", "A stage of the decision did not finish in time."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new(StatusCodes.Status413PayloadTooLarge, WireCause.BodyTooLarge, "", "The body is larger than this gateway reads."),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            new(StatusCodes.Status408RequestTimeout, Causes.BodyTimeout, "", "The body did not arrive in the time that this gateway waits for one."),
        BadHttpRequestException or IOException =>
            BadRequest(Causes.BodyIncomplete, "The request did not arrive whole."),
        _ => new(StatusCodes.Status500InternalServerError, Causes.Internal, "", "The gateway met an error of its own and refused the call."),
    };
}
