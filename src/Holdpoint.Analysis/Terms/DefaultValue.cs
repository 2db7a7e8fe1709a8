using System.Diagnostics;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Terms;

/// <summary>The value that stands where an interpretation says nothing: the simplest of its type.</summary>
internal static class DefaultValue
{
    private static readonly IpAddressValue Anywhere = Parse("0.0.0.0");

    /// <returns>Null for an option: none.</returns>
    public static Value? Of(TermType type) => type switch
    {
        _ when type == TermType.Boolean => Value.Of(false),
        _ when type == TermType.Long => Value.Of(0),
        _ when type == TermType.String => Value.Of(""),
        _ when type == TermType.Address => Anywhere,
        TermType.Entity entity => Value.Of(new EntityUid(entity.Name, "")),
        TermType.Enum list => Value.Of(new EntityUid(list.Name, list.Ids[0])),
        TermType.SetOf or TermType.HandleOf => SetValue.Empty,
        TermType.OptionOf => null,
        TermType.Record record => Value.Record(
            from field in record.Fields
            let value = Of(field.Type)
            where value is not null
            select KeyValuePair.Create(field.Name, value)),
        _ => throw new UnreachableException(),
    };

    private static IpAddressValue Parse(string text) =>
        IpAddressValue.TryParse(text, out var value) ? value : throw new UnreachableException();
}
