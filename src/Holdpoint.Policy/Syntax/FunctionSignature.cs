using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>How a function is written and how many arguments it takes.</summary>
/// <param name="Function">The function.</param>
/// <param name="Name">Its name in policies.</param>
/// <param name="IsMethod">Whether it is written after its first argument and a point.</param>
/// <param name="Arity">The number of arguments, the receiver included.</param>
/// <param name="IsExtension">Whether it belongs to an extension type.</param>
internal sealed record FunctionSignature(Function Function, string Name, bool IsMethod, int Arity, bool IsExtension)
{
    private static readonly ImmutableDictionary<string, FunctionSignature> ByName =
        Enum.GetValues<Function>().Select(Describe).ToImmutableDictionary(s => s.Name, StringComparer.Ordinal);

    private static readonly ImmutableArray<FunctionSignature> ByFunction =
        [.. ByName.Values.OrderBy(s => s.Function)];

    public static FunctionSignature Of(Function function) => ByFunction[(int)function];

    public static FunctionSignature? Find(string name) => ByName.GetValueOrDefault(name);

    public static IEnumerable<string> Names(bool methods) => ByFunction.Where(s => s.IsMethod == methods).Select(s => s.Name);

    private static FunctionSignature Describe(Function function)
    {
        var word = function.ToString();
        var isConstructor = function is Function.Ip or Function.Decimal or Function.Datetime or Function.Duration;
        var arity = function switch
        {
            Function.Contains or Function.ContainsAll or Function.ContainsAny or Function.GetTag or Function.HasTag
                or Function.IsInRange or Function.LessThan or Function.LessThanOrEqual or Function.GreaterThan
                or Function.GreaterThanOrEqual or Function.Offset or Function.DurationSince => 2,
            _ => 1,
        };
        return new(function, char.ToLowerInvariant(word[0]) + word[1..], !isConstructor, arity, function >= Function.Ip);
    }
}
