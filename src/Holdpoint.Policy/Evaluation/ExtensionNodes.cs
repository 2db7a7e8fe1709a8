using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>ip("…")</c>, <c>decimal("…")</c>, <c>datetime("…")</c>, <c>duration("…")</c> of a text that is not a constant.</summary>
internal sealed class ConstructorNode(Function function, Node text, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        if (text.EvaluateAs<StringValue>(ref frame, ValueKind.String) is not { } value)
        {
            return null;
        }

        var made = ExtensionFunctions.Construct(function, value.Value);
        if (made is null)
        {
            frame.Fail(ExtensionFunctions.BadText(function, Span));
        }

        return made;
    }
}

/// <summary>A method of an extension type with a truth value as its result.</summary>
internal sealed class ExtensionTestNode(Function function, Node target, Node? argument, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        if (function < Function.Decimal)
        {
            if (target.EvaluateAs<IpAddressValue>(ref frame, ValueKind.IpAddress) is not { } address)
            {
                return Truth.Error;
            }

            if (argument is null)
            {
                return From(ExtensionFunctions.Test(function, address));
            }

            return argument.EvaluateAs<IpAddressValue>(ref frame, ValueKind.IpAddress) is { } range
                ? From(address.IsInRange(range))
                : Truth.Error;
        }

        return target.EvaluateAs<DecimalValue>(ref frame, ValueKind.Decimal) is { } a
            && argument!.EvaluateAs<DecimalValue>(ref frame, ValueKind.Decimal) is { } b
            ? From(ExtensionFunctions.Compare(function, a.Units, b.Units))
            : Truth.Error;
    }
}

/// <summary><c>duration.toMilliseconds()</c> and its siblings, which cut towards zero.</summary>
internal sealed class DurationPartNode(Function function, Node target, SourceSpan span) : NumberNode(span)
{
    public override bool TryNumber(ref Frame frame, out long number)
    {
        var duration = target.EvaluateAs<DurationValue>(ref frame, ValueKind.Duration);
        number = duration is null ? 0 : duration.Milliseconds / ExtensionFunctions.MillisecondsPer(function);
        return duration is not null;
    }
}

/// <summary><c>offset</c>, <c>durationSince</c>, <c>toDate</c>, <c>toTime</c> of a datetime.</summary>
internal sealed class DateTimeNode(Function function, Node target, Node? argument, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        if (target.EvaluateAs<DateTimeValue>(ref frame, ValueKind.DateTime) is not { } instant)
        {
            return null;
        }

        switch (function)
        {
            case Function.ToTime:
                return new DurationValue(instant.SinceMidnight());
            case Function.ToDate:
                return instant.ToDate() ?? Overflow(ref frame);
            case Function.Offset:
                return argument!.EvaluateAs<DurationValue>(ref frame, ValueKind.Duration) is { } by
                    ? Fit((Int128)instant.Milliseconds + by.Milliseconds) is { } moved ? new DateTimeValue(moved) : Overflow(ref frame)
                    : null;
            case Function.DurationSince:
                return argument!.EvaluateAs<DateTimeValue>(ref frame, ValueKind.DateTime) is { } since
                    ? Fit((Int128)instant.Milliseconds - since.Milliseconds) is { } between
                        ? new DurationValue(between)
                        : Overflow(ref frame)
                    : null;
            default:
                throw new UnreachableException();
        }
    }

    private static long? Fit(Int128 number) => number < long.MinValue || number > long.MaxValue ? null : (long)number;

    private Value? Overflow(ref Frame frame)
    {
        frame.Fail(EvaluationFault.Overflow, "the result does not fit 64 bits", Span);
        return null;
    }
}
