namespace Holdpoint.Wire;

/// <summary>Why a request or an answer was not read. Never carries content: at most the names on the path to the place.</summary>
/// <param name="Status">HTTP status for the client: 4xx for a request, 502 for an answer of the upstream.</param>
/// <param name="Cause">A code of <see cref="WireCause"/>.</param>
/// <param name="Path">RFC 6901 JSON Pointer to the place; empty for the body as a whole.</param>
/// <param name="Message">One sentence for people, which names the path.</param>
internal sealed record Fault(int Status, string Cause, string Path, string Message)
{
    /// <summary>When it makes sense to try again, for the answer's <c>Retry-After</c>; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Fault BadRequest(string cause, string message) => new(400, cause, "", message);

    public static Fault Forbidden(string cause, string message) => new(403, cause, "", message);

    public static Fault BodyTooLarge(long maxBytes) =>
        new(413, WireCause.BodyTooLarge, "", $"The request body is larger than {maxBytes} bytes.");

    public static Fault UnsupportedMediaType(string why) => new(415, WireCause.UnsupportedMediaType, "", why);

    /// <summary>The same fault found in an upstream's answer: the client did nothing wrong, so it becomes a 502.</summary>
    public Fault OfUpstream() =>
        this with { Status = 502, Cause = WireCause.UpstreamInvalid, Message = "The upstream's answer could not be read: " + Message };
}
