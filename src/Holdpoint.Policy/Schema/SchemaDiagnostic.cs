using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>What is wrong with a schema, and where.</summary>
/// <param name="Code">Stable code, one of <see cref="SchemaCode"/> or <see cref="SyntaxCode"/>; never reused for another fault.</param>
/// <param name="Message">One sentence for people, without a final stop.</param>
/// <param name="Span">The place in the Cedar text; null where the schema was JSON.</param>
/// <param name="Suggestion">What to write instead, when there is a likely answer.</param>
/// <param name="Document">Which of several documents, from 0, in the order in which they were given.</param>
public sealed record SchemaDiagnostic(string Code, string Message, SourceSpan? Span = null, string? Suggestion = null, int Document = 0)
{
    /// <summary>
    /// The diagnostic as one line, such as <c>CS0201 at 3:14: … (did you mean …)</c>; with the text, if there is one, it says the place.
    /// </summary>
    public string Describe(string? text)
    {
        var place = "";
        if (text is not null && Span is { } span)
        {
            var (line, column) = span.PlaceIn(text);
            place = $" at {line}:{column}";
        }

        return $"{Code}{place}: {Message}{(Suggestion is null ? "" : $" ({Suggestion})")}";
    }
}
