using System.Diagnostics;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Analysis.Symbolic;

internal sealed partial class PolicyCompiler
{
    private const long MillisecondsPerDay = 86_400_000;

    private static readonly (IpAddressValue V4, IpAddressValue V6) Loopback = (Range("127.0.0.0/8"), Range("::1/128"));
    private static readonly (IpAddressValue V4, IpAddressValue V6) Multicast = (Range("224.0.0.0/4"), Range("ff00::/8"));

    private Outcome CompileCall(TypedExpr.Call call)
    {
        if (call.Function is Function.Ip or Function.Decimal or Function.Datetime or Function.Duration)
        {
            return Construct(call);
        }

        var a = Compile(call.Arguments[0]);
        switch (call.Function)
        {
            case Function.IsEmpty:
                return Map(a, _terms.IsEmpty);
            case Function.IsIpv4:
                return Map(a, x => _terms.Not(_terms.IsIpv6(x)));
            case Function.IsIpv6:
                return Map(a, _terms.IsIpv6);
            case Function.IsLoopback:
                return Map(a, x => IsWithin(x, Loopback));
            case Function.IsMulticast:
                return Map(a, x => IsWithin(x, Multicast));
            case Function.ToDate:
                return Checked(a, x => (_terms.SubtractOverflows(x, SinceMidnight(x)), _terms.Subtract(x, SinceMidnight(x))));
            case Function.ToTime:
                return Map(a, SinceMidnight);
            case Function.ToMilliseconds:
                return a;
            case Function.ToSeconds:
                return Map(a, x => _terms.Divide(x, 1_000));
            case Function.ToMinutes:
                return Map(a, x => _terms.Divide(x, 60_000));
            case Function.ToHours:
                return Map(a, x => _terms.Divide(x, 3_600_000));
            case Function.ToDays:
                return Map(a, x => _terms.Divide(x, MillisecondsPerDay));
        }

        var b = Compile(call.Arguments[1]);
        switch (call.Function)
        {
            case Function.Contains:
                return Map(a, b, (set, x) => _terms.Member(As(x, ((TermType.SetOf)set.Type).Element), set));
            case Function.ContainsAll:
                return Map(a, b, (set, other) => _terms.Subset(As(other, set.Type), set));
            case Function.ContainsAny:
                return Map(a, b, (set, other) => _terms.Intersects(set, As(other, set.Type)));
            case Function.HasTag:
                return Map(a, b, store.HasTag);
            case Function.GetTag:
                return Checked(a, b, (entity, tag) => (_terms.Not(store.HasTag(entity, tag)), store.Tag(entity, tag)));
            case Function.IsInRange:
                return Map(a, b, _terms.IsInRange);
            case Function.LessThan:
                return Map(a, b, _terms.Less);
            case Function.LessThanOrEqual:
                return Map(a, b, _terms.LessOrEqual);
            case Function.GreaterThan:
                return Map(a, b, (x, y) => _terms.Less(y, x));
            case Function.GreaterThanOrEqual:
                return Map(a, b, (x, y) => _terms.LessOrEqual(y, x));
            case Function.Offset:
                return Checked(a, b, (x, y) => Calculate(BinaryOperator.Add, x, y));
            case Function.DurationSince:
                return Checked(a, b, (x, y) => Calculate(BinaryOperator.Subtract, x, y));
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Strict validation lets only literals be made into extension values, and only such as can be.</summary>
    private Outcome Construct(TypedExpr.Call call)
    {
        var type = store.Types.Of(call.Type);
        var text = call.Arguments is [TypedExpr.Literal { Value: StringValue literal }]
            ? literal.Value
            : throw new UnreachableException("A strictly valid policy makes extension values of literals.");
        Term? value = call.Function switch
        {
            Function.Ip => IpAddressValue.TryParse(text, out var ip) ? _terms.Constant(ip, type) : null,
            Function.Decimal => DecimalValue.TryParse(text, out var number) ? _terms.Constant(number.Units) : null,
            Function.Datetime => DateTimeValue.TryParse(text, out var instant) ? _terms.Constant(instant.Milliseconds) : null,
            _ => DurationValue.TryParse(text, out var duration) ? _terms.Constant(duration.Milliseconds) : null,
        };
        return value is null ? new(_terms.False, _terms.Any(type)) : Safe(value);
    }

    private Term IsWithin(Term address, (IpAddressValue V4, IpAddressValue V6) ranges) => _terms.Or(
        _terms.IsInRange(address, _terms.Constant(ranges.V4, TermType.Address)),
        _terms.IsInRange(address, _terms.Constant(ranges.V6, TermType.Address)));

    /// <summary>Milliseconds since midnight of the same day: never negative, also before 1970.</summary>
    private Term SinceMidnight(Term instant)
    {
        var rest = _terms.Remainder(instant, MillisecondsPerDay);
        return _terms.If(_terms.Less(rest, _terms.Zero), _terms.Add(rest, _terms.Constant(MillisecondsPerDay)), rest);
    }

    private static IpAddressValue Range(string text) =>
        IpAddressValue.TryParse(text, out var range) ? range : throw new UnreachableException();
}
