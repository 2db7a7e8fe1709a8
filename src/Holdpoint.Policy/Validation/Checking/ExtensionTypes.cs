using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>The types of the functions of extensions.</summary>
/// <param name="Parameters">What each argument must be.</param>
/// <param name="Result">What comes of it.</param>
internal sealed record ExtensionTypes(ImmutableArray<Expected> Parameters, CedarType Result)
{
    private static readonly CedarType Decimal = new CedarType.ExtensionOf(ExtensionKind.Decimal);
    private static readonly CedarType IpAddress = new CedarType.ExtensionOf(ExtensionKind.IpAddress);
    private static readonly CedarType DateTime = new CedarType.ExtensionOf(ExtensionKind.DateTime);
    private static readonly CedarType Duration = new CedarType.ExtensionOf(ExtensionKind.Duration);

    private static readonly FrozenDictionary<Function, ExtensionTypes> ByFunction =
        Enum.GetValues<Function>().Where(f => FunctionSignature.Of(f).IsExtension).ToFrozenDictionary(f => f, Describe);

    public static ExtensionTypes Of(Function function) => ByFunction[function];

    private static ExtensionTypes Describe(Function function) => function switch
    {
        Function.Ip => From(IpAddress, CedarType.String.Instance),
        Function.Decimal => From(Decimal, CedarType.String.Instance),
        Function.Datetime => From(DateTime, CedarType.String.Instance),
        Function.Duration => From(Duration, CedarType.String.Instance),
        Function.IsInRange => From(CedarType.Boolean.Any, IpAddress, IpAddress),
        Function.IsIpv4 or Function.IsIpv6 or Function.IsLoopback or Function.IsMulticast => From(CedarType.Boolean.Any, IpAddress),
        Function.LessThan or Function.LessThanOrEqual or Function.GreaterThan or Function.GreaterThanOrEqual =>
            From(CedarType.Boolean.Any, Decimal, Decimal),
        Function.Offset => From(DateTime, DateTime, Duration),
        Function.DurationSince => From(Duration, DateTime, DateTime),
        Function.ToDate => From(DateTime, DateTime),
        Function.ToTime => From(Duration, DateTime),
        _ => From(CedarType.Long.Instance, Duration),
    };

    private static ExtensionTypes From(CedarType result, params IEnumerable<CedarType> parameters) =>
        new([.. parameters.Select(Expected.Exactly)], result);
}
