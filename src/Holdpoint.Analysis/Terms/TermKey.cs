using System.Collections.Immutable;

namespace Holdpoint.Analysis.Terms;

/// <summary>What makes two terms of one factory the same.</summary>
internal readonly record struct TermKey(TermOp Op, TermType Type, ImmutableArray<Term> Arguments, object? Content)
{
    public bool Equals(TermKey other) =>
        Op == other.Op && Equals(Content, other.Content)
        && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan()) && Type == other.Type;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Op);
        hash.Add(Content);
        foreach (var argument in Arguments)
        {
            hash.Add(argument.Id);
        }

        return hash.ToHashCode();
    }
}
