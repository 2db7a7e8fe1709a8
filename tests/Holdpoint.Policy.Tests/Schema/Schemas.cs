using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Tests.Schema;

/// <summary>Schemas at random, as written: names that mean something and names that do not, and texts that need quoting.</summary>
internal static class Schemas
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "", "a", "in", "appliesTo", "__cedar", "two words", "\"", "\\", "\0\x1f", "\r\n", "ü", "😀", "//", "}");

    // Words of the schema syntax are names like any other.
    private static readonly Gen<string> TypeNames = Gen.Elements("A", "B", "C", "Set", "entity", "tags", "enum", "decimal", "Long");

    private static readonly Gen<string> CommonNames = Gen.Elements("T", "U", "V", "namespace", "type");

    private static readonly Gen<string> Spaces = Gen.Elements("", "N", "N::M", "action");

    private static readonly Gen<TypeReference> References =
        from space in Gen.Elements("", "", "N::", "N::M::", "__cedar::")
        from name in Gen.OneOf(TypeNames, CommonNames, Gen.Elements("Bool", "String", "ipaddr", "Action"))
        select new TypeReference(space + name);

    // In JSON, a common type of these names could not be told from the type itself, so that there are none.
    private static readonly Gen<DeclaredType> CommonReferences =
        from reference in References
        where reference.Name is not ("Set" or "Long" or "String")
        select (DeclaredType)new DeclaredType.Common(reference);

    private static readonly Gen<ImmutableSortedDictionary<string, string>> Annotations =
        from pairs in Gen.Zip(Gen.Elements("doc", "in", "__cedar"), Texts).ListOf().Resize(2)
        select pairs.DistinctBy(p => p.Item1).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    /// <summary>What the Cedar syntax can say.</summary>
    public static Gen<SchemaDocument> Textual { get; } = Documents(isJson: false);

    /// <summary>What the JSON syntax can say.</summary>
    public static Gen<SchemaDocument> Any { get; } = Documents(isJson: true);

    private static Gen<SchemaDocument> Documents(bool isJson) =>
        from names in Spaces.NonEmptyListOf().Resize(3)
        from spaces in Gen.CollectToArray(names.Distinct().Order(StringComparer.Ordinal), name => Namespace(name, isJson))
        select new SchemaDocument(
            [.. spaces.Where(s => s.Name.Length > 0 || s.CommonTypes.Length + s.EntityTypes.Length + s.Actions.Length > 0)]);

    private static Gen<NamespaceDeclaration> Namespace(string name, bool isJson) =>
        from commonNames in CommonNames.ListOf().Resize(3)
        from commonTypes in Gen.CollectToArray(commonNames.Distinct(), n => CommonType(n, isJson))
        from typeNames in TypeNames.ListOf().Resize(4)
        from types in Gen.CollectToArray(typeNames.Distinct(), n => Entity(n, isJson))
        from actionNames in Texts.ListOf().Resize(3)
        from actions in Gen.CollectToArray(actionNames.Distinct(), n => Action(n, isJson))
        from annotations in Annotations
        select new NamespaceDeclaration
        {
            Name = name,
            CommonTypes = [.. commonTypes],
            EntityTypes = [.. types],
            Actions = [.. actions],
            Annotations = name.Length == 0 ? annotations.Clear() : annotations,
        };

    private static Gen<CommonTypeDeclaration> CommonType(string name, bool isJson) =>
        from type in Type(3, isJson)
        from annotations in Annotations
        select new CommonTypeDeclaration { Name = name, Type = type, Annotations = annotations };

    private static Gen<EntityDeclaration> Entity(string name, bool isJson) =>
        from annotations in Annotations
        from entity in Gen.OneOf(
            from ids in Texts.NonEmptyListOf().Resize(3)
            select new EntityDeclaration { Name = name, EnumIds = [.. ids], Annotations = annotations },
            from parents in References.ListOf().Resize(2)
            from shape in Record(2, isJson)
            from tags in Gen.OneOf(Gen.Constant<DeclaredType?>(null), Type(2, isJson).Select(DeclaredType? (t) => t))
            select new EntityDeclaration { Name = name, MemberOf = [.. parents], Shape = shape, Tags = tags, Annotations = annotations })
        select entity;

    private static Gen<ActionDeclaration> Action(string name, bool isJson) =>
        from annotations in Annotations
        from groups in (from type in Gen.Elements(null, "Action", "N::Action") from id in Texts select new ActionReference(type, id))
            .ListOf()
            .Resize(2)
        from principals in References.NonEmptyListOf().Resize(2)
        from resources in References.NonEmptyListOf().Resize(2)
        from context in Gen.OneOf(Record(2, isJson).Select(DeclaredType (r) => r), CommonReferences)
        from appliesTo in Gen.Elements(AppliesTo.Nothing, new AppliesTo([.. principals], [.. resources], context))
        select new ActionDeclaration
        {
            Name = name,
            MemberOf = groups.Count == 0 ? null : [.. groups],
            AppliesTo = appliesTo,
            Annotations = annotations,
        };

    private static Gen<DeclaredType> Type(int depth, bool isJson)
    {
        var leaves = References.Select(DeclaredType (r) => new DeclaredType.EntityOrCommon(r));
        if (isJson)
        {
            leaves = Gen.OneOf(
                leaves,
                Gen.Elements<DeclaredType>(
                    new DeclaredType.Boolean(), new DeclaredType.Long(), new DeclaredType.String(), new DeclaredType.Extension("datetime")),
                References.Select(DeclaredType (r) => new DeclaredType.Entity(r)),
                CommonReferences);
        }

        return depth == 0 ? leaves : Gen.OneOf(
            leaves,
            Type(depth - 1, isJson).Select(DeclaredType (t) => new DeclaredType.Set(t)),
            Record(depth - 1, isJson).Select(DeclaredType (r) => r));
    }

    private static Gen<DeclaredType.Record> Record(int depth, bool isJson) =>
        from names in Texts.ListOf().Resize(3)
        from attributes in Gen.CollectToArray(names.Distinct(), n => Attribute(n, depth, isJson))
        select new DeclaredType.Record([.. attributes]);

    private static Gen<AttributeDeclaration> Attribute(string name, int depth, bool isJson) =>
        from type in Type(depth, isJson)
        from required in Gen.Elements(true, false)
        from annotations in Annotations
        select new AttributeDeclaration(name, type, required, annotations);
}
