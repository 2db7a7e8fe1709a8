using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation;

/// <summary>
/// What is wrong with a policy under a schema, and where. Messages name types, names and literals of the policy and the schema.
/// </summary>
/// <param name="Code">Stable code, one of <see cref="ValidationCode"/>; never reused for another fault.</param>
/// <param name="PolicyId">The policy, template or link.</param>
/// <param name="Message">One sentence for people, without a final stop.</param>
/// <param name="Span">The place in the text that the policy was read from; for a link, in that of its template.</param>
/// <param name="Suggestion">What to write instead, when there is a likely answer.</param>
public sealed record ValidationFinding(string Code, string PolicyId, string Message, SourceSpan Span, string? Suggestion = null)
{
    /// <summary>The finding as one line, such as <c>CV0203 policy0 at 3:14: …</c>.</summary>
    /// <param name="text">The text that the policy was read from; without it, no place is told.</param>
    public string Describe(string? text)
    {
        var place = text is not null && Span.PlaceIn(text) is var (line, column) ? $" at {line}:{column}" : "";
        return $"{Code} {PolicyId}{place}: {Message}{(Suggestion is null ? "" : $" ({Suggestion})")}";
    }
}
