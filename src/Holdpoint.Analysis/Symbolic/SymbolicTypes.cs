using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>Which terms stand for values of which Cedar types, under one schema.</summary>
internal sealed class SymbolicTypes(CedarSchema schema)
{
    private readonly Dictionary<CedarType, TermType> _known = [];

    private readonly ILookup<string, string> _actions = schema.Actions.Keys.OrderBy(a => a.Id, StringComparer.Ordinal)
        .ToLookup(a => a.Type, a => a.Id);

    public CedarSchema Schema => schema;

    public TermType Of(CedarType type)
    {
        if (!_known.TryGetValue(type, out var known))
        {
            known = Translate(type);
            _known.Add(type, known);
        }

        return known;
    }

    // A list may name one id twice; it is one value all the same.
    public TermType OfEntity(string type) =>
        _actions.Contains(type) ? new TermType.Enum(type, [.. _actions[type]])
        : schema.EntityTypes.GetValueOrDefault(type)?.EnumIds is { } ids
            ? new TermType.Enum(type, [.. ids.Distinct(StringComparer.Ordinal)])
        : new TermType.Entity(type);

    private TermType Translate(CedarType type) => type switch
    {
        CedarType.Boolean => TermType.Boolean,
        CedarType.Long => TermType.Long,
        CedarType.String => TermType.String,
        CedarType.EntityOf(var name) => OfEntity(name),
        CedarType.SetOf(var element) => new TermType.SetOf(Of(element)),
        CedarType.ExtensionOf(ExtensionKind.IpAddress) => TermType.Address,
        CedarType.ExtensionOf => TermType.Long,
        RecordType record => new TermType.Record([.. record.Attributes.Select(a => (a.Key, OfAttribute(a.Value)))]),
        _ => throw new UnreachableException($"{type} is no type of a strictly valid policy."),
    };

    private TermType OfAttribute(AttributeType attribute) =>
        attribute.Required ? Of(attribute.Type) : new TermType.OptionOf(Of(attribute.Type));
}
