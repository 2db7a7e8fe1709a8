using Holdpoint.Policy;

namespace Holdpoint.Analysis.Terms;

internal sealed partial class TermFactory
{
    public Term Add(Term a, Term b) =>
        Number(a) is { } x && Number(b) is { } y ? Constant(unchecked(x + y))
        : Number(a) == 0 ? b
        : Number(b) == 0 ? a
        : Make(TermOp.Add, TermType.Long, [a, b], null);

    public Term Subtract(Term a, Term b) =>
        Number(a) is { } x && Number(b) is { } y ? Constant(unchecked(x - y))
        : Number(b) == 0 ? a
        : Make(TermOp.Subtract, TermType.Long, [a, b], null);

    public Term Multiply(Term a, Term b) =>
        Number(a) is { } x && Number(b) is { } y ? Constant(unchecked(x * y))
        : Number(a) == 0 || Number(b) == 0 ? Zero
        : Number(a) == 1 ? b
        : Number(b) == 1 ? a
        : Make(TermOp.Multiply, TermType.Long, [a, b], null);

    /// <param name="a">The dividend.</param>
    /// <param name="divisor">Greater than 0.</param>
    public Term Divide(Term a, long divisor) =>
        divisor == 1 ? a
        : Number(a) is { } x ? Constant(x / divisor)
        : Make(TermOp.Divide, TermType.Long, [a, Constant(divisor)], null);

    /// <param name="a">The dividend.</param>
    /// <param name="divisor">Greater than 0.</param>
    public Term Remainder(Term a, long divisor) =>
        Number(a) is { } x ? Constant(x % divisor) : Make(TermOp.Remainder, TermType.Long, [a, Constant(divisor)], null);

    public Term Less(Term a, Term b) =>
        ReferenceEquals(a, b) || Number(a) == long.MaxValue || Number(b) == long.MinValue ? False
        : Number(a) is { } x && Number(b) is { } y ? Constant(x < y)
        : Make(TermOp.Less, TermType.Boolean, [a, b], null);

    public Term LessOrEqual(Term a, Term b) => Not(Less(b, a));

    /// <summary>Whether the exact sum lies outside 64 bits. With a constant this is a comparison, which solvers like better.</summary>
    public Term AddOverflows(Term a, Term b) =>
        Number(b) is { } y ? IsOutside(a, long.MinValue - (Int128)y, long.MaxValue - (Int128)y)
        : Number(a) is not null ? AddOverflows(b, a)
        : Make(TermOp.AddOverflows, TermType.Boolean, [a, b], null);

    /// <summary>Whether the exact difference lies outside 64 bits.</summary>
    public Term SubtractOverflows(Term a, Term b) =>
        Number(b) is { } y ? IsOutside(a, long.MinValue + (Int128)y, long.MaxValue + (Int128)y)
        : Number(a) is { } x ? IsOutside(b, x - (Int128)long.MaxValue, x - (Int128)long.MinValue)
        : Make(TermOp.SubtractOverflows, TermType.Boolean, [a, b], null);

    /// <summary>Whether the exact product lies outside 64 bits.</summary>
    public Term MultiplyOverflows(Term a, Term b) => Number(b) switch
    {
        // Division cuts towards zero, which is towards the inside of the range here.
        0 => False,
        > 0 and var y => IsOutside(a, (Int128)long.MinValue / y, (Int128)long.MaxValue / y),
        < 0 and var y => IsOutside(a, (Int128)long.MaxValue / y, (Int128)long.MinValue / y),
        null => Number(a) is not null ? MultiplyOverflows(b, a) : Make(TermOp.MultiplyOverflows, TermType.Boolean, [a, b], null),
    };

    private static long? Number(Term term) => term.Value is LongValue number ? number.Value : null;

    private Term IsOutside(Term number, Int128 least, Int128 most) => Or(
        least > long.MinValue ? least > long.MaxValue ? True : Less(number, Constant((long)least)) : False,
        most < long.MaxValue ? most < long.MinValue ? True : Less(Constant((long)most), number) : False);
}
