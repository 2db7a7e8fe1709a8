using System.Text.Json;
using System.Text.Unicode;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Reads Cedar's JSON notation, as Cedar's own reader does. Where no type is expected, <c>__entity</c> and <c>__extn</c> are escapes, and
/// anything else is what it looks like. A method that meets a fault records it with its place and returns null.
/// </summary>
internal sealed partial class CedarJson(JsonLimits limits)
{
    private static readonly Request NoRequest =
        new(new("Nobody", ""), new("Action", ""), new("Nothing", ""), RecordValue.Empty);

    private readonly Stack<string> _place = new();

    private string? _fault;

    public JsonLimits Limits => limits;

    /// <summary>Reads a document as <paramref name="read"/> says.</summary>
    public static JsonOutcome<T> Read<T>(ReadOnlyMemory<byte> utf8, JsonLimits limits, Func<CedarJson, JsonElement, T?> read)
        where T : class
    {
        if (utf8.Length > limits.MaxBytes)
        {
            return new(null, $"the document has {utf8.Length} bytes; the limit is {limits.MaxBytes}");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return new(null, "the document is not valid UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8, new() { AllowDuplicateProperties = false, MaxDepth = limits.MaxDepth });
            var reader = new CedarJson(limits);
            var value = read(reader, document.RootElement);
            return value is null ? new(null, reader._fault ?? "the document could not be read") : new(value, null);
        }
        catch (JsonException malformed)
        {
            return new(null, malformed.Message);
        }
        catch (InvalidOperationException)
        {
            // The only thing left for the parser to say so late: an escape like \ud800 without its other half.
            return new(null, "a string holds half of a surrogate pair");
        }
    }

    /// <summary>Records a fault at the current place.</summary>
    public void Fail(string message) => _fault ??= _place.Count == 0 ? message : $"{string.Concat(_place.Reverse())}: {message}";

    /// <summary>Reads something inside the current place.</summary>
    public T? At<T>(string step, Func<T?> read)
    {
        _place.Push(step);
        var value = read();
        _place.Pop();
        return value;
    }

    /// <summary>A field that must be there.</summary>
    public JsonElement? Field(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail($"expected an object, found {Describe(element)}");
            return null;
        }

        if (!element.TryGetProperty(name, out var value))
        {
            Fail($"the field `{name}` is missing");
            return null;
        }

        return value;
    }

    /// <summary>An entity, as <c>{"type","id"}</c> or inside <c>{"__entity"}</c>.</summary>
    public EntityUid? ReadUid(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("__expr", out var expr) && expr.ValueKind == JsonValueKind.String)
            {
                FailExpr();
                return null;
            }

            if (element.TryGetProperty("__entity", out var inner) && TryTypeAndId(inner, out var type, out var id)
                || TryTypeAndId(element, out type, out id))
            {
                return MakeUid(type, id);
            }
        }

        Fail($"expected an entity like {{\"type\": \"User\", \"id\": \"alice\"}}, found {Describe(element)}");
        return null;
    }

    /// <summary>A record: an object that is no escape.</summary>
    public RecordValue? ReadRecord(JsonElement element)
    {
        switch (ReadValue(element))
        {
            case RecordValue record:
                return record;
            case not null:
                Fail("expected a record");
                return null;
            default:
                return null;
        }
    }

    /// <summary>
    /// The fields of an object, none of which is an escape by itself; each of the type that <paramref name="typeOf"/> expects, if any.
    /// </summary>
    public RecordValue? ReadFields(JsonElement element, Func<string, CedarType?>? typeOf = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail($"expected an object, found {Describe(element)}");
            return null;
        }

        var fields = new List<KeyValuePair<string, Value>>();
        foreach (var property in element.EnumerateObject())
        {
            var name = property.Name;
            if (At($".{name}", () => ReadValue(property.Value, typeOf?.Invoke(name))) is not { } value)
            {
                return null;
            }

            fields.Add(new(name, value));
        }

        return RecordValue.Create(fields);
    }

    private static bool TryTypeAndId(JsonElement element, out string type, out string id)
    {
        (type, id) = ("", "");
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("type", out var typeElement) || typeElement.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("id", out var idElement) || idElement.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        (type, id) = (typeElement.GetString()!, idElement.GetString()!);
        return true;
    }

    private EntityUid? MakeUid(string type, string id)
    {
        if (CedarText.IsTypeName(type))
        {
            return new(type, id);
        }

        Fail($"`{type}` is not an entity type");
        return null;
    }

    private void FailExpr() => Fail("`__expr` is no longer part of Cedar; use `__entity` or `__extn`");

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "another object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
