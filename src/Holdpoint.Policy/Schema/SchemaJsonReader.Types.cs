using System.Text.Json;

namespace Holdpoint.Policy.Schema;

/// <content>Types.</content>
internal sealed partial class SchemaJsonReader
{
    private DeclaredType? ReadType(JsonElement element) => ReadType(element, []);

    /// <param name="element">The type.</param>
    /// <param name="beside">Members that are no part of the type but stand in the same object.</param>
    private DeclaredType? ReadType(JsonElement element, params ReadOnlySpan<string> beside)
    {
        if (Required(element, "type") is not { } kindElement || ReadString(kindElement) is not { } kind)
        {
            return null;
        }

        switch (kind)
        {
            case "Boolean":
                return HasOnly(element, ["type", .. beside]) ? new DeclaredType.Boolean() : null;
            case "Long":
                return HasOnly(element, ["type", .. beside]) ? new DeclaredType.Long() : null;
            case "String":
                return HasOnly(element, ["type", .. beside]) ? new DeclaredType.String() : null;
            case "Set":
                return HasOnly(element, ["type", "element", .. beside]) && Required(element, "element") is { } inner
                    && json.At(".element", () => ReadType(inner)) is { } type
                    ? new DeclaredType.Set(type)
                    : null;
            case "Record":
                return HasOnly(element, ["type", "attributes", "additionalAttributes", .. beside]) ? ReadRecord(element) : null;
            case "Entity":
                return ReadNamed(element, beside) is { } entity ? new DeclaredType.Entity(entity) : null;
            case "EntityOrCommon":
                return ReadNamed(element, beside) is { } either ? new DeclaredType.EntityOrCommon(either) : null;
            case "Extension":
                return ReadNamed(element, beside) is { } extension ? new DeclaredType.Extension(extension.Name) : null;
            default:
                return HasOnly(element, ["type", .. beside]) && ReadReference(kindElement) is { } common
                    ? new DeclaredType.Common(common)
                    : null;
        }
    }

    private TypeReference? ReadNamed(JsonElement element, ReadOnlySpan<string> beside) =>
        HasOnly(element, ["type", "name", .. beside]) && Required(element, "name") is { } name ? ReadReference(name) : null;

    private DeclaredType.Record? ReadRecord(JsonElement element)
    {
        if (Required(element, "attributes") is not { } attributes
            || In(".attributes", () => ReadMembers(attributes, ReadAttribute)) is not { } given
            || ReadFlag(element, "additionalAttributes", whenAbsent: false) is not { } isOpen)
        {
            return null;
        }

        return new(given, isOpen);
    }

    private AttributeDeclaration? ReadAttribute(string name, JsonElement element) =>
        IsObject(element)
        && ReadAnnotations(element) is { } annotations
        && ReadFlag(element, "required", whenAbsent: true) is { } required
        && ReadType(element, "annotations", "required") is { } type
            ? new(name, type, required, annotations)
            : null;

    private bool? ReadFlag(JsonElement element, string name, bool whenAbsent)
    {
        if (!element.TryGetProperty(name, out var flag))
        {
            return whenAbsent;
        }

        if (flag.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return flag.GetBoolean();
        }

        json.Fail($"`{name}` must be true or false");
        return null;
    }
}
