using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>What the functions of the extension types compute, apart from fetching their arguments.</summary>
internal static class ExtensionFunctions
{
    public static bool IsConstructor(Function function) => !FunctionSignature.Of(function).IsMethod;

    /// <returns>The extension value; null when the text is none.</returns>
    public static Value? Construct(Function function, string text) => function switch
    {
        Function.Ip => IpAddressValue.TryParse(text, out var value) ? value : null,
        Function.Decimal => DecimalValue.TryParse(text, out var value) ? value : null,
        Function.Datetime => DateTimeValue.TryParse(text, out var value) ? value : null,
        Function.Duration => DurationValue.TryParse(text, out var value) ? value : null,
        _ => throw new UnreachableException(),
    };

    public static EvaluationError BadText(Function function, SourceSpan span)
    {
        var name = FunctionSignature.Of(function).Name;
        return new(EvaluationFault.BadExtensionText, $"`{name}` was given a text that is no {name}", span);
    }

    public static bool Test(Function function, IpAddressValue address) => function switch
    {
        Function.IsIpv4 => !address.IsIpv6,
        Function.IsIpv6 => address.IsIpv6,
        Function.IsLoopback => address.IsLoopback(),
        Function.IsMulticast => address.IsMulticast(),
        _ => throw new UnreachableException(),
    };

    public static bool Compare(Function function, long a, long b) => function switch
    {
        Function.LessThan => a < b,
        Function.LessThanOrEqual => a <= b,
        Function.GreaterThan => a > b,
        Function.GreaterThanOrEqual => a >= b,
        _ => throw new UnreachableException(),
    };

    public static long MillisecondsPer(Function function) => function switch
    {
        Function.ToMilliseconds => 1,
        Function.ToSeconds => 1_000,
        Function.ToMinutes => 60_000,
        Function.ToHours => 3_600_000,
        Function.ToDays => DateTimeValue.MillisecondsPerDay,
        _ => throw new UnreachableException(),
    };
}
