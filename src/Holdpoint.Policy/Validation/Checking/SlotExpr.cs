using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>A slot of a template. Not part of the syntax, where slots stand in scopes only: a scope becomes an expression here.</summary>
/// <param name="Of">The variable that the slot constrains.</param>
internal sealed record SlotExpr(Variable Of) : Expr
{
    public override ImmutableArray<Expr> Children => [];
}
