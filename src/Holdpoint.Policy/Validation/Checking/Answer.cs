using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>What is known of an expression after it was checked.</summary>
/// <param name="Type">
/// Its type; null when it has none. A faulty expression can have one: an <c>&amp;&amp;</c> of anything is a truth value.
/// </param>
/// <param name="Typed">The expression with its types; null exactly when something in it is faulty.</param>
/// <param name="Known">What is there when the expression is true.</param>
internal readonly record struct Answer(CedarType? Type, TypedExpr? Typed, Capabilities Known)
{
    public static Answer Success(TypedExpr typed, Capabilities known = default) => new(typed.Type, typed, known);

    /// <summary>The reason was said, here or by another check.</summary>
    public static Answer Fault(CedarType? type = null) => new(type, null, default);
}
