using System.Text.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>
/// Reading where a schema says what is expected: an entity may then stand without <c>__entity</c>, an extension value as the text alone,
/// and what looks like an escape is a record where a record is expected. Whether the value has the type is for others to check.
/// </content>
internal sealed partial class CedarJson
{
    /// <summary>A record of that type.</summary>
    public RecordValue? ReadRecord(JsonElement element, RecordType expected)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return ReadFields(element, name => expected.TryGet(name, out var attribute) ? attribute.Value.Type : null);
        }

        Fail($"expected a record, found {Describe(element)}");
        return null;
    }

    private Value? ReadValue(JsonElement element, CedarType? expected)
    {
        switch (expected)
        {
            case CedarType.EntityOf:
                return ReadUid(element) is { } uid ? Value.Of(uid) : null;
            case CedarType.ExtensionOf extension:
                return ReadExtension(element, extension.Kind);
            case RecordType record:
                return ReadRecord(element, record);
            case CedarType.SetOf set when element.ValueKind == JsonValueKind.Array:
                return ReadAll(element, inner => ReadValue(inner, set.Element)) is { } elements ? SetValue.Create(elements) : null;
            case CedarType.SetOf:
                Fail($"expected a set, found {Describe(element)}");
                return null;
            default:
                return ReadValue(element);
        }
    }

    private Value? ReadExtension(JsonElement element, ExtensionKind kind)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("__expr", out var expr) && expr.ValueKind == JsonValueKind.String)
            {
                FailExpr();
                return null;
            }

            // The notation of a call, inside of its escape or by itself.
            var call = element.TryGetProperty("__extn", out var escaped) && escaped.ValueKind == JsonValueKind.Object ? escaped : element;
            if (call.TryGetProperty("fn", out var fn) && fn.ValueKind == JsonValueKind.String
                && FunctionSignature.Find(fn.GetString()!) is { IsExtension: true } signature)
            {
                var arguments = call.TryGetProperty("arg", out var arg) ? At(".arg", () => ReadArguments([arg], signature))
                    : call.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array
                        ? At(".args", () => ReadArguments([.. args.EnumerateArray()], signature))
                        : null;
                if (arguments is null)
                {
                    Fail("a call has an `arg`, or `args` in an array");
                }

                return arguments is null ? null : Call(signature.Name, arguments);
            }
        }
        else if (element.ValueKind == JsonValueKind.String)
        {
            return Call(FunctionSignature.Of(kind.Constructor).Name, [Value.Of(element.GetString()!)]);
        }

        Fail($"expected a value of type {kind.Name}, found {Describe(element)}");
        return null;
    }

    private List<Value>? ReadArguments(JsonElement[] elements, FunctionSignature signature)
    {
        var values = new List<Value>(elements.Length);
        foreach (var element in elements)
        {
            if (ReadValue(element, ArgumentType(signature.Function, values.Count)) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>The type of an argument that may stand in the short notation; null where that is a value like any other.</summary>
    private static CedarType.ExtensionOf? ArgumentType(Function function, int position) => function switch
    {
        Function.Ip or Function.Decimal or Function.Datetime or Function.Duration => null,
        Function.Offset => new CedarType.ExtensionOf(position == 0 ? ExtensionKind.DateTime : ExtensionKind.Duration),
        Function.DurationSince or Function.ToDate or Function.ToTime => new CedarType.ExtensionOf(ExtensionKind.DateTime),
        >= Function.IsIpv4 and <= Function.IsInRange => new CedarType.ExtensionOf(ExtensionKind.IpAddress),
        >= Function.LessThan and <= Function.GreaterThanOrEqual => new CedarType.ExtensionOf(ExtensionKind.Decimal),
        >= Function.ToMilliseconds and <= Function.ToDays => new CedarType.ExtensionOf(ExtensionKind.Duration),
        _ => null,
    };
}
