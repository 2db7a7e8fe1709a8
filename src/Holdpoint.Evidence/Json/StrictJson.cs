using System.Text.Json;
using System.Text.Unicode;

namespace Holdpoint.Evidence.Json;

/// <summary>
/// JSON with one reading only: valid UTF-8, no duplicate names (whether or not they are escaped), no comments, no trailing commas, a
/// bounded depth.
/// </summary>
internal static class StrictJson
{
    /// <summary>The maximum depth: deeper than any defined statement needs (statement, predicate, selectors, list: 4).</summary>
    public const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = MaxDepth,
    };

    /// <summary>The document, or null and a fault. The caller disposes the document.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, string what, Faults faults)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            faults.Add($"{what} is not valid UTF-8");
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader of the framework reports by exception; InvalidOperationException is an escaped half of a surrogate pair in a name.
            faults.Add($"{what} is not JSON as we read it: no duplicate names, at most {MaxDepth} levels, nothing after the end");
            return null;
        }
    }
}
