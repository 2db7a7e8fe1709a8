using System.Text.Json;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Reads and writes entities in Cedar's JSON format: an array of <c>{"uid", "attrs", "parents", "tags"}</c>, of which only <c>tags</c> may
/// be missing. Members that Cedar does not know are passed over, as Cedar does. Thread-safe.
/// </summary>
public static class EntitiesJson
{
    /// <summary>The entities, or what is wrong: with the JSON, with an entity, or with all of them together.</summary>
    public static JsonOutcome<EntityStore> Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null) =>
        CedarJson.Read(utf8, limits ?? JsonLimits.Default, (reader, root) => ReadStore(reader, root, null));

    /// <summary>
    /// The entities, read with the types of a schema (an entity may stand as <c>{"type", "id"}</c>, an extension value as its text
    /// alone), with the schema's actions added; or what is wrong, which an entity is that does not conform to the schema.
    /// </summary>
    public static JsonOutcome<EntityStore> Parse(ReadOnlyMemory<byte> utf8, CedarSchema schema, JsonLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CedarJson.Read(utf8, limits ?? JsonLimits.Default, (reader, root) => ReadConforming(reader, root, schema));
    }

    /// <summary>Writes entities as an array that <see cref="Parse(ReadOnlyMemory{byte}, JsonLimits?)"/> reads back as they were.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(entities);
        json.WriteStartArray();
        foreach (var entity in entities)
        {
            json.WriteStartObject();
            json.WritePropertyName("uid");
            json.WriteUid(entity.Uid);
            json.WritePropertyName("attrs");
            json.WriteRecord(entity.Attributes);
            json.WriteStartArray("parents");
            foreach (var parent in entity.Parents)
            {
                json.WriteUid(parent);
            }

            json.WriteEndArray();
            if (entity.Tags.Count > 0)
            {
                json.WritePropertyName("tags");
                json.WriteRecord(entity.Tags);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static EntityStore? ReadConforming(CedarJson reader, JsonElement root, CedarSchema schema)
    {
        if (ReadStore(reader, root, schema) is not { } given)
        {
            return null;
        }

        if (new EntityValidator(schema).Validate(given) is [var fault, ..])
        {
            reader.Fail(fault.ToString());
            return null;
        }

        // The schema's own actions say the same, and name their groups.
        if (!EntityStore.TryCreate(given.Entities.Where(e => !e.Uid.IsAction).Concat(schema.ActionEntities), out var store, out var excess))
        {
            reader.Fail(excess);
        }

        return store;
    }

    private static EntityStore? ReadStore(CedarJson reader, JsonElement root, CedarSchema? schema)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            reader.Fail("expected an array of entities");
            return null;
        }

        if (root.GetArrayLength() > reader.Limits.MaxEntities)
        {
            reader.Fail($"{root.GetArrayLength()} entities; the limit is {reader.Limits.MaxEntities}");
            return null;
        }

        var entities = new List<Entity>(root.GetArrayLength());
        foreach (var element in root.EnumerateArray())
        {
            if (reader.At($"[{entities.Count}]", () => ReadEntity(reader, element, schema)) is not { } entity)
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

    private static Entity? ReadEntity(CedarJson reader, JsonElement element, CedarSchema? schema)
    {
        if (reader.Field(element, "uid") is not { } uidElement
            || reader.Field(element, "attrs") is not { } attributesElement
            || reader.Field(element, "parents") is not { } parentsElement
            || reader.At(".uid", () => reader.ReadUid(uidElement)) is not { } uid)
        {
            return null;
        }

        var type = schema?.EntityTypes.GetValueOrDefault(uid.Type);
        if (reader.At(".attrs", () => reader.ReadFields(attributesElement, name => AttributeOf(type, name))) is not { } attributes
            || reader.At(".parents", () => ReadParents(reader, parentsElement)) is not { } parents)
        {
            return null;
        }

        var tags = element.TryGetProperty("tags", out var tagsElement)
            ? reader.At(".tags", () => reader.ReadFields(tagsElement, _ => type?.Tags))
            : RecordValue.Empty;
        return tags is null ? null : new Entity(uid, attributes, parents, tags);
    }

    private static CedarType? AttributeOf(EntityType? type, string name) =>
        type is not null && type.Attributes.TryGet(name, out var attribute) ? attribute.Value.Type : null;

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
