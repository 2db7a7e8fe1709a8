using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>Writes the names of a document in full.</summary>
internal sealed class FullNames
{
    private readonly DeclaredNames _names;
    private NamespaceDeclaration _space = new() { Name = "" };

    private FullNames(DeclaredNames names) => _names = names;

    public static SchemaParseResult In(SchemaDocument document)
    {
        // What resolves has no name that means nothing.
        var resolved = CedarSchema.Resolve(document);
        return resolved.IsValid
            ? new(new([.. document.Namespaces.Select(new FullNames(DeclaredNames.Of([document], [])).Of)]), [])
            : new(null, resolved.Diagnostics);
    }

    private NamespaceDeclaration Of(NamespaceDeclaration space)
    {
        _space = space;
        return space with
        {
            CommonTypes = [.. space.CommonTypes.Select(type => type with { Type = Of(type.Type) })],
            EntityTypes =
            [
                .. space.EntityTypes.Select(type => type with
                {
                    MemberOf = EntityTypes(type.MemberOf),
                    Shape = Of(type.Shape),
                    Tags = type.Tags is { } tags ? Of(tags) : null,
                }),
            ],
            Actions = [.. space.Actions.Select(Of)],
        };
    }

    private ActionDeclaration Of(ActionDeclaration action) => action with
    {
        MemberOf = action.MemberOf is { } groups ? [.. groups.Select(Of)] : null,
        AppliesTo = action.AppliesTo is { } to ? new(EntityTypes(to.Principals), EntityTypes(to.Resources), Of(to.Context)) : null,
    };

    private ActionReference Of(ActionReference action) => action with { Type = _names.Find(action, _space)!.Value.Type };

    private DeclaredType Of(DeclaredType type) => type switch
    {
        DeclaredType.Set set => new DeclaredType.Set(Of(set.Element)),
        DeclaredType.Record record => record with { Attributes = [.. record.Attributes.Select(a => a with { Type = Of(a.Type) })] },
        DeclaredType.Entity entity => Named(entity.Name, entity: true, common: false),
        DeclaredType.Common common => Named(common.Name, entity: false, common: true),
        DeclaredType.EntityOrCommon either => Named(either.Name, entity: true, common: true),
        _ => type,
    };

    private DeclaredType Named(TypeReference reference, bool entity, bool common)
    {
        var (name, isCommon) = _names.Find(reference.Name, _space, entity, common)!.Value;
        var full = reference with { Name = name };
        return isCommon ? new DeclaredType.Common(full) : new DeclaredType.Entity(full);
    }

    private ImmutableArray<TypeReference> EntityTypes(ImmutableArray<TypeReference> types) =>
        [.. types.Select(type => type with { Name = _names.Find(type.Name, _space, entity: true, common: false)!.Value.Name })];
}
