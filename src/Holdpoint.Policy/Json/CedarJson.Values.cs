using System.Text.Json;
using Holdpoint.Policy.Evaluation;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>Values for which no type is expected.</content>
internal sealed partial class CedarJson
{
    /// <summary>A value that is neither an array nor an object.</summary>
    public Value? ReadScalar(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True:
                return BooleanValue.True;
            case JsonValueKind.False:
                return BooleanValue.False;
            case JsonValueKind.String:
                return Value.Of(element.GetString()!);
            case JsonValueKind.Number:
                return ReadNumber(element);
            default:
                Fail("Cedar has no null");
                return null;
        }
    }

    /// <summary>The content of an escape that is alone in its object and has the form of that name; null when it is none.</summary>
    public static JsonElement? FindEscape(JsonElement element, string name)
    {
        if (element.GetPropertyCount() != 1 || !element.TryGetProperty(name, out var content))
        {
            return null;
        }

        var isEscape = name switch
        {
            "__expr" => content.ValueKind == JsonValueKind.String,
            "__entity" => TryTypeAndId(content, out _, out _),
            _ =>
                content.ValueKind == JsonValueKind.Object
                && content.TryGetProperty("fn", out var fn) && fn.ValueKind == JsonValueKind.String
                && (content.TryGetProperty("arg", out _)
                    || (content.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array)),
        };
        return isEscape ? content : null;
    }

    private Value? ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => ReadAll(element, ReadValue) is { } elements ? SetValue.Create(elements) : null,
        JsonValueKind.Object => ReadObject(element),
        _ => ReadScalar(element),
    };

    private LongValue? ReadNumber(JsonElement element)
    {
        // "-0" is a fraction to Cedar's JSON reader: no integer prints like that.
        if (element.TryGetInt64(out var number) && (number != 0 || element.GetRawText() == "0"))
        {
            return Value.Of(number);
        }

        Fail("expected an integer of 64 bits, without fraction or exponent");
        return null;
    }

    private List<Value>? ReadAll(JsonElement array, Func<JsonElement, Value?> read)
    {
        var values = new List<Value>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            if (At($"[{values.Count}]", () => read(element)) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private Value? ReadObject(JsonElement element)
    {
        // An escape is alone in its object and has the right form; otherwise its name is a field's name like any other.
        if (FindEscape(element, "__expr") is not null)
        {
            FailExpr();
            return null;
        }

        if (FindEscape(element, "__entity") is { } entity && TryTypeAndId(entity, out var type, out var id))
        {
            return MakeUid(type, id) is { } uid ? Value.Of(uid) : null;
        }

        if (FindEscape(element, "__extn") is not { } call)
        {
            return ReadFields(element);
        }

        var function = call.GetProperty("fn").GetString()!;
        if (call.TryGetProperty("arg", out var arg))
        {
            return At(".__extn.arg", () => ReadValue(arg)) is { } value ? Call(function, [value]) : null;
        }

        return At(".__extn.args", () => ReadAll(call.GetProperty("args"), ReadValue)) is { } values ? Call(function, values) : null;
    }

    /// <summary>The value of an extension function on values, which its notation calls for.</summary>
    private Value? Call(string name, List<Value> arguments)
    {
        if (FunctionSignature.Find(name) is not { IsExtension: true } signature)
        {
            Fail($"there is no extension function `{name}`");
            return null;
        }

        var call = new CallExpr(signature.Function, [.. arguments.Select(v => new LiteralExpr(v))]);
        var frame = new Frame(NoRequest, RecordValue.Empty, EntityStore.Empty, new Scratch());
        var result = new Compiler(null).Compile(call).Evaluate(ref frame);
        if (result is null)
        {
            Fail(frame.TakeError().Message);
        }

        return result;
    }
}
