namespace Holdpoint.Wire;

/// <summary>The faults of bodies and headers, each with a code of <see cref="WireCause"/>.</summary>
internal static class WireFaults
{
    public static Fault InvalidUtf8 { get; } = new(HttpStatus.BadRequest, WireCause.InvalidUtf8, "", "The body is not valid UTF-8.");

    public static Fault StreamTruncated { get; } = new(
        HttpStatus.BadGateway, WireCause.UpstreamTruncated, "", "The upstream's stream ended before the answer was complete.");

    public static Fault StreamTooLarge { get; } = new(
        HttpStatus.BadGateway, WireCause.UpstreamTooLarge, "", "The upstream's stream, or one event of it, is larger than allowed.");

    public static Fault StreamUnexpected { get; } = new(
        HttpStatus.BadGateway, WireCause.UpstreamInvalid, "", "The upstream streamed an answer that does not stream.");

    public static Fault InvalidJson(long position) =>
        new(HttpStatus.BadRequest, WireCause.InvalidJson, "", $"The body is not valid JSON: see byte {position}.");

    /// <summary>The fault of a value that is not read.</summary>
    /// <param name="cause">A code of <see cref="WireCause"/>.</param>
    /// <param name="path">JSON Pointer to the value; empty for the body as a whole.</param>
    /// <param name="why">The rest of a sentence that begins with the value.</param>
    public static Fault Unreadable(string cause, string path, string why) =>
        new(HttpStatus.BadRequest, cause, path, path.Length == 0 ? $"The body {why}." : $"{path} {why}.");

    public static Fault UnsupportedHeader(string why) => new(HttpStatus.BadRequest, WireCause.UnsupportedHeader, "", why);

    public static Fault UnsupportedMediaType(string why) => new(HttpStatus.UnsupportedMediaType, WireCause.UnsupportedMediaType, "", why);

    public static Fault BodyTooLarge(long maxBytes) =>
        new(HttpStatus.ContentTooLarge, WireCause.BodyTooLarge, "", $"The request body is larger than {maxBytes} bytes.");

    public static Fault AnswerTooLarge(long maxBytes) => new(
        HttpStatus.BadGateway, WireCause.UpstreamTooLarge, "", $"The upstream's answer is larger than {maxBytes} bytes.");

    public static Fault StreamInvalid(string why) =>
        new(HttpStatus.BadGateway, WireCause.UpstreamInvalid, "", $"The upstream's stream could not be read: {why}.");

    /// <summary>The same fault for an upstream's answer: the client did nothing wrong, so the fault becomes a 502.</summary>
    public static Fault OfUpstream(this Fault fault) => fault with
    {
        Status = HttpStatus.BadGateway,
        Cause = WireCause.UpstreamInvalid,
        Message = "The upstream's answer could not be read: " + fault.Message,
    };
}
