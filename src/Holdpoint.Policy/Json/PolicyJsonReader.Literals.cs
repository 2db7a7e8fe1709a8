using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>
/// What stands in <c>{"Value": …}</c>: anything in the notation of attribute values. A set, a record or an extension value becomes the
/// expression that makes it, as there are no literals of them in text.
/// </content>
internal sealed partial class PolicyJsonReader
{
    private Expr? ReadLiteral(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return ReadAll(element, ReadInnerLiteral) is { } elements ? new SetExpr([.. elements]) : null;
            case JsonValueKind.Object when CedarJson.FindEscape(element, "__extn") is { } call:
                return ReadExtension(call);
            case JsonValueKind.Object when CedarJson.FindEscape(element, "__entity") is { }:
                return json.ReadUid(element) is { } uid ? new LiteralExpr(Value.Of(uid)) : null;
            case JsonValueKind.Object when CedarJson.FindEscape(element, "__expr") is { }:
                json.Fail("`__expr` is no longer part of Cedar; write the expression itself");
                return null;
            case JsonValueKind.Object:
                return ReadFields(element, ReadInnerLiteral);
            default:
                return json.ReadScalar(element) is { } value ? new LiteralExpr(value) : null;
        }
    }

    private Expr? ReadInnerLiteral(JsonElement element) => Nested(() => ReadLiteral(element));

    private CallExpr? ReadExtension(JsonElement call)
    {
        if (!HasOnly(call, "fn", "arg", "args") || ReadText(call, "fn") is not { } name)
        {
            return null;
        }

        if (FunctionSignature.Find(name) is not { IsExtension: true } signature)
        {
            json.Fail($"there is no extension function `{name}`");
            return null;
        }

        var arguments = call.TryGetProperty("arg", out var only)
            ? json.At(".arg", () => ReadInnerLiteral(only)) is { } argument ? [argument] : null
            : Inside(call, "args", e => ReadAll(e, ReadInnerLiteral));
        if (arguments is null)
        {
            return null;
        }

        if (signature.IsMethod && arguments.Count == 0)
        {
            json.Fail("a method is called on something: its first argument");
            return null;
        }

        return new CallExpr(signature.Function, [.. arguments]);
    }
}
