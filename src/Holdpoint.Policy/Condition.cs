using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>Whether a condition must hold or must not.</summary>
public enum ConditionKind
{
    /// <summary><c>when</c>: the policy applies only if the expression is true.</summary>
    When,

    /// <summary><c>unless</c>: the policy applies only if the expression is false.</summary>
    Unless,
}

/// <summary>A <c>when</c> or <c>unless</c> of a policy.</summary>
public sealed record Condition(ConditionKind Kind, Expr Body);
