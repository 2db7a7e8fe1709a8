namespace Holdpoint.Wire;

/// <summary>
/// The stable codes of faults in a request or an answer on the wire. They are the <c>code</c> of error bodies and the <c>cause</c> of
/// records (docs/reference/wire-openai.md lists them); a code is never given a second meaning.
/// </summary>
internal static class WireCause
{
    public const string InvalidJson = "invalid_json";
    public const string InvalidUtf8 = "invalid_utf8";
    public const string DuplicateField = "duplicate_field";
    public const string DuplicateTool = "duplicate_tool";
    public const string UnknownField = "unknown_field";
    public const string MissingField = "missing_field";
    public const string InvalidField = "invalid_field";
    public const string TooDeep = "too_deep";
    public const string TooManyParts = "too_many_parts";
    public const string TooManyTools = "too_many_tools";
    public const string ContentNotInBody = "content_not_in_body";
    public const string StoredState = "stored_state";
    public const string UnsupportedContent = "unsupported_content";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string UnsupportedHeader = "unsupported_header";

    /// <summary>The upstream's answer cannot be read whole and for certain.</summary>
    public const string UpstreamInvalid = "upstream_invalid";

    /// <summary>The upstream refused the call with a 403; the error has the type <c>upstream_refused</c>.</summary>
    public const string UpstreamForbidden = "upstream_forbidden";

    /// <summary>The upstream's answer ended before it was complete.</summary>
    public const string UpstreamTruncated = "upstream_truncated";

    /// <summary>The upstream's answer, or one event of it, exceeded its limit.</summary>
    public const string UpstreamTooLarge = "upstream_too_large";
}
