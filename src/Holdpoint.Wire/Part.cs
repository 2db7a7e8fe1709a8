namespace Holdpoint.Wire;

/// <summary>The kind of a part's bytes.</summary>
public enum PartKind
{
    /// <summary>UTF-8 text, decoded from JSON: it is scanned, and its lines can be attested.</summary>
    Text,

    /// <summary>An image or a file, decoded from base64: attested by the digest of the whole, else unattested.</summary>
    Opaque,
}

/// <summary>One stretch of content in a call or an answer.</summary>
/// <param name="Path">RFC 6901 JSON Pointer to the place in the original body, such as <c>/messages/0/content</c>.</param>
/// <param name="Kind">Whether the bytes are text or opaque.</param>
/// <param name="Bytes">The decoded content. Often a slice of the request's own buffer: valid only while the call is handled.</param>
public readonly record struct Part(string Path, PartKind Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>
    /// The file's own bytes, where the text was read from a file in another encoding or with bytes that are no text; else empty. Such a
    /// file is attested by the digest of the whole, like any that is opaque.
    /// </summary>
    public ReadOnlyMemory<byte> File { get; init; }
}
