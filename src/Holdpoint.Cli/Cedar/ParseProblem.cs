using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Cli.Cedar;

/// <summary>One fault of what a <c>cedar</c> command has read (docs/reference/cedar.md).</summary>
/// <param name="Input">What it is in: <c>policies</c>, <c>expression</c>, <c>schema</c> or <c>entities</c>.</param>
/// <param name="Code">A stable code; null where the input is JSON of policies or entities.</param>
/// <param name="Line">Line, from 1; null where the input is JSON, whose place is in the message.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to write instead.</param>
internal sealed record ParseProblem(string Input, string? Code, int? Line, int? Column, string Message, string? Suggestion)
{
    public static ParseProblem[] From(string input, IEnumerable<SyntaxDiagnostic> diagnostics, string text) =>
        [.. diagnostics.Select(d => From(input, d.Code, d.Span, d.Message, d.Suggestion, text))];

    public static ParseProblem[] From(string input, IEnumerable<SchemaDiagnostic> diagnostics, string text) =>
        [.. diagnostics.Select(d => From(input, d.Code, d.Span, d.Message, d.Suggestion, text))];

    public string Describe() =>
        $"{Input}: {(Code is null ? "" : $"{Code} ")}{(Line is null ? "" : $"at {Line}:{Column}: ")}"
        + $"{Message}{(Suggestion is null ? "" : $" ({Suggestion})")}";

    private static ParseProblem From(string input, string code, SourceSpan? span, string message, string? suggestion, string text)
    {
        (int Line, int Column)? place = span?.PlaceIn(text);
        return new(input, code, place?.Line, place?.Column, message, suggestion);
    }
}
