using System.Collections.Immutable;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>An s-expression as solvers print them. Closed: every case is declared here.</summary>
internal abstract record SExpr
{
    private SExpr()
    {
    }

    /// <summary>A symbol, a number or a keyword, as written; the bars around a quoted symbol are left out.</summary>
    public sealed record Atom(string Text) : SExpr
    {
        public override string ToString() => Text;
    }

    /// <summary>A string literal; doubled quotes are one, escapes are kept.</summary>
    public sealed record Literal(string Text) : SExpr
    {
        public override string ToString() => $"\"{Text}\"";
    }

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<SExpr> Items) : SExpr
    {
        public override string ToString() => $"({string.Join(' ', Items)})";
    }
}
