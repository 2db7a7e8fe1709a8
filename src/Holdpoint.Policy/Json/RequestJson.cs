using System.Text.Json;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Reads and writes a request: <c>{"principal", "action", "resource", "context"}</c>. An entity is an object, <c>{"type", "id"}</c>, also
/// inside <c>{"__entity"}</c>, or text, <c>Type::"id"</c>; a missing context is empty. Other members are passed over, as Cedar does.
/// Thread-safe.
/// </summary>
public static class RequestJson
{
    /// <summary>The request, or what is wrong with it.</summary>
    public static JsonOutcome<Request> Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null) =>
        CedarJson.Read(utf8, limits ?? JsonLimits.Default, (reader, root) => ReadRequest(reader, root, null));

    /// <summary>
    /// The request, its context read with the type that the schema gives it: an entity may stand as <c>{"type", "id"}</c>, an extension
    /// value as its text alone. Whether the request conforms is for <see cref="RequestValidator"/> to say.
    /// </summary>
    public static JsonOutcome<Request> Parse(ReadOnlyMemory<byte> utf8, CedarSchema schema, JsonLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CedarJson.Read(utf8, limits ?? JsonLimits.Default, (reader, root) => ReadRequest(reader, root, schema));
    }

    /// <summary>Writes a request as an object that <see cref="Parse(ReadOnlyMemory{byte}, JsonLimits?)"/> reads back as it was.</summary>
    public static void Write(Utf8JsonWriter json, Request request)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(request);
        json.WriteStartObject();
        json.WritePropertyName("principal");
        json.WriteUid(request.Principal);
        json.WritePropertyName("action");
        json.WriteUid(request.Action);
        json.WritePropertyName("resource");
        json.WriteUid(request.Resource);
        json.WritePropertyName("context");
        json.WriteRecord(request.Context);
        json.WriteEndObject();
    }

    private static Request? ReadRequest(CedarJson reader, JsonElement root, CedarSchema? schema)
    {
        if (ReadUid(reader, root, "principal") is not { } principal
            || ReadUid(reader, root, "action") is not { } action
            || ReadUid(reader, root, "resource") is not { } resource)
        {
            return null;
        }

        var expected = schema?.Actions.GetValueOrDefault(action)?.Context;
        var context = root.TryGetProperty("context", out var element)
            ? reader.At("context", () => expected is null ? reader.ReadRecord(element) : reader.ReadRecord(element, expected))
            : RecordValue.Empty;
        return context is null ? null : new Request(principal, action, resource, context);
    }

    private static EntityUid? ReadUid(CedarJson reader, JsonElement root, string name)
    {
        if (reader.Field(root, name) is not { } element)
        {
            return null;
        }

        return reader.At<EntityUid?>(name, () =>
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                return reader.ReadUid(element);
            }

            if (EntityUid.TryParse(element.GetString(), out var uid))
            {
                return uid;
            }

            reader.Fail("expected an entity like `User::\"alice\"`");
            return null;
        });
    }
}
