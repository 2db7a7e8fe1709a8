using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>Reads values as solvers print them.</summary>
internal static class SmtValues
{
    public static bool Boolean(SExpr value) => value switch
    {
        SExpr.Atom("true") => true,
        SExpr.Atom("false") => false,
        _ => throw Unexpected(value),
    };

    public static UInt128 Bits(SExpr value)
    {
        switch (value)
        {
            case SExpr.Atom { Text: ['#', 'x', ..] and var hex } when UInt128.TryParse(
                hex.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits):
                return bits;
            case SExpr.Atom { Text: ['#', 'b', ..] and var binary } when UInt128.TryParse(
                binary.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out var bits):
                return bits;
            case SExpr.List { Items: [SExpr.Atom("_"), SExpr.Atom { Text: ['b', 'v', ..] and var number }, SExpr.Atom] }
                when UInt128.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var bits):
                return bits;
            default:
                throw Unexpected(value);
        }
    }

    public static string Text(SExpr value) => value is SExpr.Literal(var text) ? SmtString.Read(text) : throw Unexpected(value);

    /// <summary>Which member of a list a constructor is.</summary>
    public static int Member(SExpr value) =>
        Constructor(value) is { } name && name.LastIndexOf('_') is > 0 and var at
        && int.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw Unexpected(value);

    public static IpAddressValue Address(SExpr value) =>
        value is SExpr.List { Items: [var constructor, var bits, .. var rest] }
            ? (Constructor(constructor), rest) switch
            {
                ("ip4", []) => IpAddressValue.Of(isIpv6: false, Bits(bits), 32),
                ("ip6", []) => IpAddressValue.Of(isIpv6: true, Bits(bits), 128),
                ("ip4p", [var prefix]) => IpAddressValue.Of(isIpv6: false, Bits(bits), (int)Bits(prefix)),
                ("ip6p", [var prefix]) => IpAddressValue.Of(isIpv6: true, Bits(bits), (int)Bits(prefix)),
                _ => throw Unexpected(value),
            }
            : throw Unexpected(value);

    /// <summary>The values of <c>get-value</c>, in the order in which they were asked for.</summary>
    public static ImmutableArray<SExpr> Pairs(SExpr answer, int count) =>
        answer is SExpr.List { Items: var pairs } && pairs.Length == count && pairs.All(p => p is SExpr.List { Items.Length: 2 })
            ? [.. pairs.Select(p => ((SExpr.List)p).Items[1])]
            : throw Unexpected(answer);

    /// <summary>A constructor's name, with the type that cvc5 writes beside it where it likes, or without.</summary>
    private static string? Constructor(SExpr value) => value switch
    {
        SExpr.Atom(var name) => name,
        SExpr.List { Items: [SExpr.Atom("as"), SExpr.Atom(var name), _] } => name,
        _ => null,
    };

    private static FormatException Unexpected(SExpr value) =>
        new($"A solver printed a value of an unexpected form: {value.GetType().Name}.");
}
