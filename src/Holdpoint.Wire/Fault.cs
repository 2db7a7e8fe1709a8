namespace Holdpoint.Wire;

/// <summary>
/// The reason that a request is not answered as asked, wherever the reason arises: in its body, in the answer of an upstream, in a hold, in
/// the gateway itself. A fault never carries content: at most the names on the path to the place.
/// </summary>
/// <param name="Status">HTTP status for the client: 4xx when the request is the reason, 5xx otherwise.</param>
/// <param name="Cause">A stable code. docs/reference/causes.md lists every one.</param>
/// <param name="Path">
/// RFC 6901 JSON Pointer to the place in the body; empty for the body as a whole, and for a fault outside a body.
/// </param>
/// <param name="Message">One sentence for people, which names the path.</param>
internal sealed record Fault(int Status, string Cause, string Path, string Message)
{
    /// <summary>The delay after which a retry makes sense, for the answer's <c>Retry-After</c>; null where it is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Fault BadRequest(string cause, string message) => new(HttpStatus.BadRequest, cause, "", message);

    public static Fault Forbidden(string cause, string message) => new(HttpStatus.Forbidden, cause, "", message);
}
