using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>
/// One API that clients speak. A format reads its requests, reads its answers for screening, and writes its errors. A new API is a new
/// subclass and nothing else; every format goes through the same stages. Immutable and thread-safe.
/// </summary>
internal abstract class WireFormat
{
    /// <summary>The path of the endpoint, such as <c>/v1/chat/completions</c>; the same at the upstream.</summary>
    public abstract string Endpoint { get; }

    /// <summary>The family of the API; only upstreams of that family get its calls.</summary>
    public abstract ApiFamily Family { get; }

    /// <summary>The limits of requests and answers.</summary>
    public abstract WireLimits Limits { get; }

    /// <summary>Checks the headers that describe the body.</summary>
    /// <returns>Null, or a 415: only unencoded UTF-8 JSON is read.</returns>
    public virtual Fault? CheckContentType(string? contentType, string? contentEncoding)
    {
        if (!string.IsNullOrEmpty(contentEncoding) && !contentEncoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return WireFaults.UnsupportedMediaType("A request body with a Content-Encoding is not read; send it as it is.");
        }

        return MediaType.IsJson(contentType)
            ? null
            : WireFaults.UnsupportedMediaType("The Content-Type must be application/json, in UTF-8.");
    }

    /// <summary>
    /// Checks the headers of this API that a client may send besides Holdpoint's, and selects those to forward to the provider.
    /// </summary>
    /// <param name="headers">All headers of the request. A header that is not read here is never forwarded.</param>
    /// <param name="forwarded">The headers to forward: constants of the format, chosen by the client's headers; empty with a fault.</param>
    /// <returns>Null, or a 400: a header that would change the meaning of the request in an unknown way.</returns>
    public virtual Fault? ReadHeaders(HeaderValues headers, out ImmutableArray<ForwardedHeader> forwarded)
    {
        forwarded = [];
        return null;
    }

    /// <summary>Reads a request. Never throws, whatever the bytes are.</summary>
    /// <param name="body">The body; the call's parts are slices of it, so it must live as long as they are used.</param>
    /// <param name="buffer">The memory for decoded content, which the caller disposes after the call; null for separate arrays.</param>
    public abstract ReadOutcome Read(ReadOnlyMemory<byte> body, ContentBuffer? buffer = null);

    /// <summary>Reads a whole answer. Never throws. Content that is not understood becomes a part to be screened.</summary>
    public abstract AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, ContentBuffer? buffer = null);

    /// <summary>
    /// Reads a whole answer to a call. A format whose answers repeat the request overrides this method, to tell repeated content from new.
    /// </summary>
    public virtual AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, Call call, ContentBuffer? buffer) => ReadAnswer(answer, buffer);

    /// <summary>A reader for one streamed answer.</summary>
    public abstract AnswerStreamReader OpenStream();

    /// <summary>A reader for the streamed answer to a call.</summary>
    public virtual AnswerStreamReader OpenStream(Call call) => OpenStream();

    /// <summary>The error body in the client's own shape: UTF-8 JSON.</summary>
    public abstract byte[] WriteError(WireError error);

    /// <summary>
    /// The error as the format's event for a stream that has begun; after it the stream ends without its normal terminator.
    /// </summary>
    public abstract byte[] WriteStreamError(WireError error);
}
