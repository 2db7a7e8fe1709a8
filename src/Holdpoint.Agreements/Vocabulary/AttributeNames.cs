using Holdpoint.Policy.Schema;

namespace Holdpoint.Agreements;

/// <summary>The names of all attributes that documents declare, wherever they occur.</summary>
internal static class AttributeNames
{
    public static IEnumerable<string> In(ReadOnlySpan<SchemaDocument> documents)
    {
        var types = new List<DeclaredType>();
        foreach (var space in documents.ToArray().SelectMany(document => document.Namespaces))
        {
            types.AddRange(space.CommonTypes.Select(type => type.Type));
            types.AddRange(space.EntityTypes.Select(type => type.Shape));
            types.AddRange(space.EntityTypes.Select(type => type.Tags).OfType<DeclaredType>());
            types.AddRange(space.Actions.Select(action => action.AppliesTo?.Context).OfType<DeclaredType>());
        }

        return types.SelectMany(In);
    }

    private static IEnumerable<string> In(DeclaredType type) => type switch
    {
        DeclaredType.Set set => In(set.Element),
        DeclaredType.Record record => record.Attributes.SelectMany(attribute => In(attribute.Type).Prepend(attribute.Name)),
        _ => [],
    };
}
