using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>
/// Collects what is found in one policy: each fault once, however many environments show it, and no more than a person reads.
/// </summary>
internal sealed class Findings(string policyId)
{
    private const int Most = 100;

    private readonly HashSet<ValidationFinding> _found = [];

    public bool IsEmpty => _found.Count == 0;

    public void Add(string code, SourceSpan span, string message, string? suggestion = null)
    {
        if (_found.Count < Most)
        {
            _found.Add(new(code, policyId, message, span, suggestion));
        }
    }

    /// <summary>In the order of the text, then of the codes.</summary>
    public ImmutableArray<ValidationFinding> ToImmutable() =>
        [.. _found.OrderBy(f => f.Span.Start).ThenBy(f => f.Span.End).ThenBy(f => f.Code, StringComparer.Ordinal)];
}
