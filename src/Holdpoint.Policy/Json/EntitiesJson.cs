using System.Text.Json;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Reads entities in Cedar's JSON format, without a schema: an array of <c>{"uid", "attrs", "parents", "tags"}</c>, of which only
/// <c>tags</c> may be missing. Members that Cedar does not know are passed over, as Cedar does. Thread-safe.
/// </summary>
public static class EntitiesJson
{
    /// <summary>The entities, or what is wrong: with the JSON, with an entity, or with all of them together.</summary>
    public static JsonOutcome<EntityStore> Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null) =>
        CedarJson.Read(utf8, limits ?? JsonLimits.Default, ReadStore);

    private static EntityStore? ReadStore(CedarJson reader, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            reader.Fail("expected an array of entities");
            return null;
        }

        var entities = new List<Entity>(root.GetArrayLength());
        foreach (var element in root.EnumerateArray())
        {
            if (reader.At($"[{entities.Count}]", () => ReadEntity(reader, element)) is not { } entity)
            {
                return null;
            }

            entities.Add(entity);
        }

        if (!EntityStore.TryCreate(entities, out var store, out var fault))
        {
            reader.Fail(fault);
        }

        return store;
    }

    private static Entity? ReadEntity(CedarJson reader, JsonElement element)
    {
        if (reader.Field(element, "uid") is not { } uidElement
            || reader.Field(element, "attrs") is not { } attributesElement
            || reader.Field(element, "parents") is not { } parentsElement
            || reader.At(".uid", () => reader.ReadUid(uidElement)) is not { } uid
            || reader.At(".attrs", () => reader.ReadFields(attributesElement)) is not { } attributes
            || reader.At(".parents", () => ReadParents(reader, parentsElement)) is not { } parents)
        {
            return null;
        }

        var tags = element.TryGetProperty("tags", out var tagsElement)
            ? reader.At(".tags", () => reader.ReadFields(tagsElement))
            : RecordValue.Empty;
        return tags is null ? null : new Entity(uid, attributes, parents, tags);
    }

    private static List<EntityUid>? ReadParents(CedarJson reader, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            reader.Fail("expected an array of entities");
            return null;
        }

        var parents = new List<EntityUid>(element.GetArrayLength());
        foreach (var parent in element.EnumerateArray())
        {
            if (reader.At($"[{parents.Count}]", () => reader.ReadUid(parent)) is not { } uid)
            {
                return null;
            }

            parents.Add(uid);
        }

        return parents;
    }
}
