using System.Diagnostics;
using System.Globalization;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.SmtLib;

internal sealed partial class SmtWriter
{
    private static string Body(Term term, string[] a)
    {
        return term.Op switch
        {
            TermOp.Not => $"(not {a[0]})",
            TermOp.And => $"(and {string.Join(' ', a)})",
            TermOp.Or => $"(or {string.Join(' ', a)})",
            TermOp.Equal => $"(= {a[0]} {a[1]})",
            TermOp.If => $"(ite {a[0]} {a[1]} {a[2]})",
            TermOp.Add => $"(bvadd {a[0]} {a[1]})",
            TermOp.Subtract => $"(bvsub {a[0]} {a[1]})",
            TermOp.Multiply => $"(bvmul {a[0]} {a[1]})",
            TermOp.Divide => $"(bvsdiv {a[0]} {a[1]})",
            TermOp.Remainder => $"(bvsrem {a[0]} {a[1]})",
            TermOp.Less => $"(bvslt {a[0]} {a[1]})",
            TermOp.AddOverflows => Overflow("bvadd", a, extraBits: 1),
            TermOp.SubtractOverflows => Overflow("bvsub", a, extraBits: 1),
            TermOp.MultiplyOverflows => Overflow("bvmul", a, extraBits: 64),
            TermOp.Like => $"(str.in_re {a[0]} {Expression((Pattern)term.Content!)})",
            TermOp.IsIpv6 => $"(ip.v6 {a[0]})",
            TermOp.IsInRange => $"(ip.in {a[0]} {a[1]})",
            _ => throw new UnreachableException($"{term.Op} does not reach a solver."),
        };
    }

    /// <summary>The exact result, in more bits, is not what the result in 64 bits stands for.</summary>
    private static string Overflow(string op, string[] a, int extraBits) => string.Create(
        CultureInfo.InvariantCulture,
        $"(not (= ((_ sign_extend {extraBits}) ({op} {a[0]} {a[1]})) "
            + $"({op} ((_ sign_extend {extraBits}) {a[0]}) ((_ sign_extend {extraBits}) {a[1]}))))");

    private static string Expression(Pattern pattern) =>
        $"(re.++ {string.Join(" re.all ", pattern.Segments.Select(s => $"(str.to_re {SmtString.Write(s)})"))})";

    private static string Address(IpAddressValue value) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(value.IsIpv6, value.Prefix) switch
        {
            (false, 32) => $"(ip4 #x{(uint)value.Address:x8})",
            (false, var prefix) => $"(ip4p #x{(uint)value.Address:x8} (_ bv{prefix} 5))",
            (true, 128) => $"(ip6 #x{value.Address:x32})",
            (true, var prefix) => $"(ip6p #x{value.Address:x32} (_ bv{prefix} 7))",
        }}");
}
