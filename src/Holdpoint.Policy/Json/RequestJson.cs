using System.Text.Json;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Reads a request: <c>{"principal", "action", "resource", "context"}</c>. An entity is an object, <c>{"type", "id"}</c>, also
/// inside <c>{"__entity"}</c>, or text, <c>Type::"id"</c>; a missing context is empty. Other members are passed over, as Cedar does.
/// Thread-safe.
/// </summary>
public static class RequestJson
{
    /// <summary>The request, or what is wrong with it.</summary>
    public static JsonOutcome<Request> Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null) =>
        CedarJson.Read(utf8, limits ?? JsonLimits.Default, ReadRequest);

    private static Request? ReadRequest(CedarJson reader, JsonElement root)
    {
        if (ReadUid(reader, root, "principal") is not { } principal
            || ReadUid(reader, root, "action") is not { } action
            || ReadUid(reader, root, "resource") is not { } resource)
        {
            return null;
        }

        var context = root.TryGetProperty("context", out var element)
            ? reader.At("context", () => reader.ReadRecord(element))
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
