using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>
/// One API that clients speak: how its requests are read, its answers screened and its errors written. A new API is a new subclass and
/// nothing else; every format goes through the same stages. Immutable and thread-safe.
/// </summary>
internal abstract class WireFormat
{
    /// <summary>Path of the endpoint, such as <c>/v1/chat/completions</c>; the upstream's is the same.</summary>
    public abstract string Endpoint { get; }

    /// <summary>Whose API it belongs to; only upstreams of that family get its calls.</summary>
    public abstract ApiFamily Family { get; }

    /// <summary>The limits that requests and answers are held to.</summary>
    public abstract WireLimits Limits { get; }

    /// <summary>Checks the headers that say what the body is.</summary>
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

    /// <summary>Checks the headers of this API that a client may send besides Holdpoint's, and says which go on to the provider.</summary>
    /// <param name="headers">All headers of the request. What is not looked at here is never sent on.</param>
    /// <param name="forwarded">Constants of the format, chosen by what the client sent; empty with a fault.</param>
    /// <returns>Null, or a 400: a header that would change what the request means in a way that is not known here.</returns>
    public virtual Fault? ReadHeaders(HeaderValues headers, out ImmutableArray<ForwardedHeader> forwarded)
    {
        forwarded = [];
        return null;
    }

    /// <summary>Reads a request. Never throws, whatever the bytes are.</summary>
    /// <param name="body">The body; the call's parts are slices of it, so it must live as long as they are used.</param>
    /// <param name="buffer">Where decoded content goes; disposed by the caller after the call. Null: arrays of their own.</param>
    public abstract ReadOutcome Read(ReadOnlyMemory<byte> body, ContentBuffer? buffer = null);

    /// <summary>Reads a whole answer. Never throws. What is not understood becomes a part to be screened.</summary>
    public abstract AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, ContentBuffer? buffer = null);

    /// <summary>
    /// Reads a whole answer to a call. A format whose answers repeat the request overrides this, to tell what is repeated from what is new.
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
