using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Holdpoint.Wire.Json;

/// <summary>
/// Base64 (RFC 4648 §4, padded, without white space), as one part of the decoded bytes: a text part when the bytes are text, whatever their
/// media type is said to be, else an opaque part.
/// </summary>
/// <param name="isTextual">Whether a media type says that the bytes are text: then they are read as text whatever they are.</param>
/// <param name="isFile">Whether they are a file, which is text with a few odd bytes too; else they are numbers, sound or a picture.</param>
internal sealed class Base64Rule(bool isTextual = false, bool isFile = true) : Rule
{
    private static readonly SearchValues<byte> TextBytes =
        SearchValues.Create([
            (byte)'\t', (byte)'\n', (byte)'\f', (byte)'\r',
            .. Enumerable.Range(' ', 0x100 - ' ').Where(b => b != 0x7F).Select(b => (byte)b)]);

    public static Base64Rule Shared { get; } = new();

    /// <summary>The rule for numbers, sound and pictures.</summary>
    public static Base64Rule Raw { get; } = new(isFile: false);

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.TryText(out var text) && AddDecoded(ref walk, text, isTextual, isFile),
        JsonTokenType.Null => true,
        _ => walk.FailKind("a string"),
    };

    internal static bool AddDecoded(ref JsonWalk walk, ReadOnlyMemory<byte> base64, bool isTextual, bool isFile = true)
    {
        // White space would be skipped by one decoder and refused by another.
        if (base64.Span.ContainsAny(" \t\r\n"u8))
        {
            return walk.FailKind("base64 without white space");
        }

        var target = walk.Take(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        if (Base64.DecodeFromUtf8(base64.Span, target.Span, out _, out var written) != OperationStatus.Done)
        {
            return walk.FailKind("base64");
        }

        ReadOnlyMemory<byte> file = target[..written];
        var text = IsText(file.Span) ? file : isFile ? FileText.Of(file.Span, isTextual) : default;
        return text.IsEmpty ? walk.Add(PartKind.Opaque, file)
            : text.Equals(file) ? walk.Add(PartKind.Text, file)
            : walk.AddFile(text, file);
    }

    // No image or document format is free of other control characters and of bytes that are not UTF-8.
    internal static bool IsText(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && Utf8.IsValid(bytes) && bytes.IndexOfAnyExcept(TextBytes) < 0;
}

/// <summary>The media types of files whose bytes are text (RFC 6838, and the structured suffixes of RFC 6839).</summary>
internal static class TextualTypes
{
    private static readonly NameTable Subtypes = new(
        "json", "xml", "csv", "yaml", "x-yaml", "toml", "markdown", "x-ndjson", "ndjson", "jsonl", "x-jsonlines", "javascript",
        "ecmascript", "typescript", "x-sh", "sql", "x-sql", "rtf", "x-tex", "x-latex", "xhtml+xml", "x-www-form-urlencoded", "x-httpd-php",
        "x-python", "x-csv", "vnd.ms-excel.csv", "mbox", "graphql", "x-subrip");

    /// <summary>Whether files of that type are text.</summary>
    public static bool Contains(ReadOnlySpan<byte> mediaType) =>
        mediaType.StartsWith("text/"u8) || mediaType.StartsWith("message/"u8)
        || mediaType.EndsWith("+xml"u8) || mediaType.EndsWith("+json"u8) || mediaType.EndsWith("+yaml"u8)
        || (mediaType.StartsWith("application/"u8) && Subtypes.Contains(mediaType["application/".Length..]));
}

/// <summary>
/// The content of a <c>data:</c> URL (RFC 2397) in base64, read as by <see cref="Base64Rule"/>. Any other URL is content that is not in the
/// body: the provider would fetch it.
/// </summary>
/// <param name="orBase64">Whether plain base64 may replace the URL.</param>
internal sealed class DataUrlRule(bool orBase64) : Rule
{
    private static readonly SearchValues<byte> MediaTypeBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789/.+-"u8);

    // The longest media type of office documents has 73.
    private const int MaxMediaTypeBytes = 80;

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.String)
        {
            return walk.Token == JsonTokenType.Null || walk.FailKind("a string");
        }

        if (!walk.TryText(out var text))
        {
            return false;
        }

        if (!text.Span.StartsWith("data:"u8))
        {
            return orBase64 && text.Span.IndexOf((byte)':') < 0
                ? Base64Rule.AddDecoded(ref walk, text, isTextual: false)
                : walk.Fail(WireCause.ContentNotInBody, "refers to content that is not in the body: only data: URLs are read");
        }

        var comma = text.Span.IndexOf((byte)',');
        if (comma < 0 || !text.Span[..comma].EndsWith(";base64"u8))
        {
            return walk.Fail(WireCause.UnsupportedContent, "is a data: URL that is not in base64");
        }

        var mediaType = text["data:".Length..(comma - ";base64".Length)];
        if (mediaType.Length > MaxMediaTypeBytes || mediaType.Span.ContainsAnyExcept(MediaTypeBytes))
        {
            return walk.Fail(WireCause.UnsupportedContent, "has a media type that is not plain type/subtype in lower case");
        }

        return walk.Add(PartKind.Text, Known(mediaType.Span) ? default : mediaType)
            && Base64Rule.AddDecoded(ref walk, text[(comma + 1)..], TextualTypes.Contains(mediaType.Span));
    }

    // A media type that nobody registered could be a message; it is read as text.
    private static bool Known(ReadOnlySpan<byte> mediaType) =>
        mediaType.SequenceEqual("image/png"u8) || mediaType.SequenceEqual("image/jpeg"u8) || mediaType.SequenceEqual("image/jpg"u8)
        || mediaType.SequenceEqual("image/gif"u8) || mediaType.SequenceEqual("image/webp"u8)
        || mediaType.SequenceEqual("application/pdf"u8);
}
