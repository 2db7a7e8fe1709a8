namespace Holdpoint.Policy.Syntax;

/// <summary>What is wrong with a policy text, and where.</summary>
/// <param name="Code">Stable code, one of <see cref="SyntaxCode"/>; never reused for another fault.</param>
/// <param name="Message">One sentence for people, without a final stop.</param>
/// <param name="Span">The place in the text.</param>
/// <param name="Suggestion">What to write instead, when there is a likely answer.</param>
public sealed record SyntaxDiagnostic(string Code, string Message, SourceSpan Span, string? Suggestion = null)
{
    /// <summary>The diagnostic as one line, such as <c>CE0201 at 3:14: expected `;` (…)</c>.</summary>
    public string Describe(string text)
    {
        var (line, column) = Span.PlaceIn(text);
        return $"{Code} at {line}:{column}: {Message}{(Suggestion is null ? "" : $" ({Suggestion})")}";
    }
}
