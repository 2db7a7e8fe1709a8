using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Schema;

/// <summary>Reads the JSON syntax. A method that meets a fault records it with its place and returns null.</summary>
internal sealed partial class SchemaJsonReader(CedarJson json)
{
    private readonly record struct EnumId(string Id);

    public static SchemaDocument? Read(CedarJson json, JsonElement root) => new SchemaJsonReader(json).ReadDocument(root);

    private SchemaDocument? ReadDocument(JsonElement root) =>
        ReadMembers(root, ReadNamespace) is { } namespaces ? new(namespaces) : null;

    private NamespaceDeclaration? ReadNamespace(string name, JsonElement element)
    {
        if (name.Length > 0 && !IsReference(name))
        {
            json.Fail($"`{name}` is not the name of a namespace");
            return null;
        }

        if (!HasOnly(element, "commonTypes", "entityTypes", "actions", "annotations")
            || Required(element, "entityTypes") is not { } entityTypes
            || Required(element, "actions") is not { } actions
            || ReadAnnotations(element) is not { } annotations
            || In(".entityTypes", () => ReadMembers(entityTypes, ReadEntity)) is not { } entities
            || In(".actions", () => ReadMembers(actions, ReadAction)) is not { } actionList)
        {
            return null;
        }

        ImmutableArray<CommonTypeDeclaration> common = [];
        if (element.TryGetProperty("commonTypes", out var commonTypes))
        {
            if (In(".commonTypes", () => ReadMembers(commonTypes, ReadCommonType)) is not { } given)
            {
                return null;
            }

            common = given;
        }

        if (name.Length == 0 && !annotations.IsEmpty)
        {
            json.Fail("the namespace without a name has no annotations");
            return null;
        }

        return new() { Name = name, CommonTypes = common, EntityTypes = entities, Actions = actionList, Annotations = annotations };
    }

    private CommonTypeDeclaration? ReadCommonType(string name, JsonElement element) =>
        IsTypeName(name) && ReadAnnotations(element) is { } annotations && ReadType(element, "annotations") is { } type
            ? new() { Name = name, Type = type, Annotations = annotations }
            : null;

    private EntityDeclaration? ReadEntity(string name, JsonElement element)
    {
        if (!IsTypeName(name) || !IsObject(element) || ReadAnnotations(element) is not { } annotations)
        {
            return null;
        }

        if (element.TryGetProperty("enum", out var choices))
        {
            return HasOnly(element, "enum", "annotations") && In(".enum", () => ReadList(choices, ReadId)) is { } ids && IsNotEmpty(ids)
                ? new() { Name = name, EnumIds = [.. ids.Select(id => id.Id)], Annotations = annotations }
                : null;
        }

        var declaration = new EntityDeclaration { Name = name, Annotations = annotations };
        if (!HasOnly(element, "memberOfTypes", "shape", "tags", "annotations"))
        {
            return null;
        }

        if (element.TryGetProperty("memberOfTypes", out var parents))
        {
            if (In(".memberOfTypes", () => ReadList(parents, ReadReference)) is not { } given)
            {
                return null;
            }

            declaration = declaration with { MemberOf = given };
        }

        if (element.TryGetProperty("shape", out var shape))
        {
            if (json.At(".shape", () => ReadType(shape)) is not { } given)
            {
                return null;
            }

            declaration = declaration with { Shape = given };
        }

        if (element.TryGetProperty("tags", out var tags))
        {
            if (json.At(".tags", () => ReadType(tags)) is not { } given)
            {
                return null;
            }

            declaration = declaration with { Tags = given };
        }

        return declaration;
    }

    private ActionDeclaration? ReadAction(string name, JsonElement element)
    {
        if (!HasOnly(element, "memberOf", "appliesTo", "annotations", "attributes") || ReadAnnotations(element) is not { } annotations)
        {
            return null;
        }

        if (Optional(element, "attributes") is not null)
        {
            json.Fail("actions have no attributes");
            return null;
        }

        var declaration = new ActionDeclaration { Name = name, Annotations = annotations };
        if (Optional(element, "memberOf") is { } groups)
        {
            if (In(".memberOf", () => ReadList(groups, ReadGroup)) is not { } given)
            {
                return null;
            }

            declaration = declaration with { MemberOf = given };
        }

        if (Optional(element, "appliesTo") is { } appliesTo)
        {
            if (json.At(".appliesTo", () => ReadAppliesTo(appliesTo)) is not { } given)
            {
                return null;
            }

            declaration = declaration with { AppliesTo = given };
        }

        return declaration;
    }

    private EnumId? ReadId(JsonElement element) => ReadString(element) is { } id ? new EnumId(id) : null;

    private ActionReference? ReadGroup(JsonElement element)
    {
        if (!HasOnly(element, "id", "type") || Required(element, "id") is not { } idElement || ReadString(idElement) is not { } id)
        {
            return null;
        }

        if (Optional(element, "type") is not { } type)
        {
            return new ActionReference(null, id);
        }

        return ReadReference(type) is { } given ? new ActionReference(given.Name, id) : null;
    }

    private AppliesTo? ReadAppliesTo(JsonElement element)
    {
        if (!HasOnly(element, "principalTypes", "resourceTypes", "context")
            || Required(element, "principalTypes") is not { } principalTypes
            || Required(element, "resourceTypes") is not { } resourceTypes
            || In(".principalTypes", () => ReadList(principalTypes, ReadReference)) is not { } principals
            || In(".resourceTypes", () => ReadList(resourceTypes, ReadReference)) is not { } resources)
        {
            return null;
        }

        var context = element.TryGetProperty("context", out var given)
            ? json.At(".context", () => ReadType(given))
            : DeclaredType.Record.Empty;
        return context is null ? null : new(principals, resources, context);
    }
}
