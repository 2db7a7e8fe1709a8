using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <content>Objects, lists, names and annotations.</content>
internal sealed partial class SchemaJsonReader
{
    /// <summary>A reference may begin with <c>__cedar</c>, which no declaration may.</summary>
    private static bool IsReference(string name) => name.Split("::").All(part => part == "__cedar" || CedarText.IsPlainName(part));

    private bool IsTypeName(string name)
    {
        if (CedarText.IsPlainName(name))
        {
            return true;
        }

        json.Fail("this is not the name of a type");
        return false;
    }

    private bool IsObject(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        json.Fail("expected an object");
        return false;
    }

    private bool IsNotEmpty(ImmutableArray<EnumId> ids)
    {
        if (!ids.IsEmpty)
        {
            return true;
        }

        json.Fail("an enumerated type has at least one id");
        return false;
    }

    private bool HasOnly(JsonElement element, params ReadOnlySpan<string> known)
    {
        if (!IsObject(element))
        {
            return false;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                var suggestion = Nearest.Suggest(member.Name, known.ToArray());
                json.Fail($"there is no `{member.Name}` here{(suggestion is null ? "" : $"; {suggestion}")}");
                return false;
            }
        }

        return true;
    }

    private JsonElement? Required(JsonElement element, string name) => json.Field(element, name);

    /// <summary>A member that may be missing or null.</summary>
    private static JsonElement? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var given) && given.ValueKind != JsonValueKind.Null ? given : null;

    private ImmutableArray<T>? In<T>(string step, Func<ImmutableArray<T>?> read) => json.At<ImmutableArray<T>?>(step, read);

    private ImmutableArray<T>? ReadMembers<T>(JsonElement element, Func<string, JsonElement, T?> read)
        where T : class
    {
        if (!IsObject(element))
        {
            return null;
        }

        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var member in element.EnumerateObject())
        {
            if (json.At($"[{CedarText.Quote(member.Name)}]", () => read(member.Name, member.Value)) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.DrainToImmutable();
    }

    private ImmutableArray<T>? ReadList<T>(JsonElement element, Func<JsonElement, T?> read)
        where T : struct
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            json.Fail("expected an array");
            return null;
        }

        var items = ImmutableArray.CreateBuilder<T>(element.GetArrayLength());
        foreach (var inner in element.EnumerateArray())
        {
            if (json.At($"[{items.Count}]", () => read(inner)) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.DrainToImmutable();
    }

    private string? ReadString(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        json.Fail("expected a string");
        return null;
    }

    private TypeReference? ReadReference(JsonElement element)
    {
        if (ReadString(element) is not { } name)
        {
            return null;
        }

        if (IsReference(name))
        {
            return new TypeReference(name);
        }

        json.Fail($"`{name}` is not a name");
        return null;
    }

    private ImmutableSortedDictionary<string, string>? ReadAnnotations(JsonElement element)
    {
        if (!IsObject(element))
        {
            return null;
        }

        if (!element.TryGetProperty("annotations", out var given))
        {
            return Names.NoAnnotations;
        }

        var read = In(".annotations", () => ReadMembers(given, (name, value) =>
        {
            if (!CedarText.IsWord(name) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                json.Fail("an annotation is a word and a string, or null");
                return null;
            }

            return new Tuple<string, string>(name, value.GetString() ?? "");
        }));
        return read?.ToImmutableSortedDictionary(a => a.Item1, a => a.Item2, StringComparer.Ordinal);
    }
}
