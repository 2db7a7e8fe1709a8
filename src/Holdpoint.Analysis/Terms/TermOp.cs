namespace Holdpoint.Analysis.Terms;

/// <summary>What a term is made by. The arguments are those of <see cref="Term.Arguments"/>, in this order.</summary>
internal enum TermOp
{
    /// <summary>A value; the content is it. Never a record.</summary>
    Constant,

    /// <summary>An unknown; the content is its name. Never a record or an option: those are made of their parts.</summary>
    Variable,

    /// <summary>An unknown function of its arguments; the content is the <see cref="FunctionSymbol"/>.</summary>
    Apply,

    Not,

    /// <summary>Two arguments or more, sorted, none of them twice.</summary>
    And,

    /// <summary>As <see cref="And"/>.</summary>
    Or,

    /// <summary>Of two scalars.</summary>
    Equal,

    /// <summary>Condition, then, else; of scalars or sets.</summary>
    If,

    /// <summary>Sum in 64 bits, wrapping around.</summary>
    Add,

    /// <summary>Difference in 64 bits, wrapping around.</summary>
    Subtract,

    /// <summary>Product in 64 bits, wrapping around.</summary>
    Multiply,

    /// <summary>Quotient, cut towards zero. The divisor is a positive constant.</summary>
    Divide,

    /// <summary>What <see cref="Divide"/> leaves; it has the sign of the dividend.</summary>
    Remainder,

    /// <summary>Of signed integers.</summary>
    Less,

    /// <summary>Whether the exact sum lies outside 64 bits.</summary>
    AddOverflows,

    SubtractOverflows,

    MultiplyOverflows,

    /// <summary>Whether a text fits the content, a <see cref="Policy.Syntax.Pattern"/>.</summary>
    Like,

    /// <summary>Whether an address is IPv6.</summary>
    IsIpv6,

    /// <summary>Whether the first range of addresses lies in the second.</summary>
    IsInRange,

    /// <summary>The set of the arguments.</summary>
    Set,

    /// <summary>Element, set.</summary>
    Member,

    /// <summary>Whether the first set lies in the second.</summary>
    Subset,

    /// <summary>Whether two sets have an element in common.</summary>
    Intersects,

    /// <summary>The values of the fields, in the order of the type.</summary>
    Record,

    /// <summary>Whether there is a value, and which; the second means nothing where the first is false.</summary>
    Option,

    /// <summary>The handle of a set.</summary>
    Handle,
}
