using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>Collects the diagnostics of one text, up to a number that a person may still read.</summary>
internal sealed class DiagnosticBag
{
    private const int Most = 100;

    private readonly List<SyntaxDiagnostic> _found = [];

    public bool IsEmpty => _found.Count == 0;

    public bool IsFull => _found.Count >= Most;

    public void Add(string code, string message, SourceSpan span, string? suggestion = null)
    {
        if (!IsFull)
        {
            _found.Add(new(code, message, span, suggestion));
        }
    }

    /// <summary>In the order of the text.</summary>
    public ImmutableArray<SyntaxDiagnostic> ToImmutable() => [.. _found.OrderBy(d => d.Span.Start)];
}
