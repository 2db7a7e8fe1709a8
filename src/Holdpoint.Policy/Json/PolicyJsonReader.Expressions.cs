using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>Expressions: an object with one member, whose name says what it is.</content>
internal sealed partial class PolicyJsonReader
{
    // What each name of a path adds where it is spelt out: `has`, `.` and `&&`.
    private const int NewNodes = 3;

    private int _depth;
    private int _nodes;

    private Expr? ReadExpr(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.GetPropertyCount() != 1)
        {
            json.Fail("an expression is an object with one member");
            return null;
        }

        var member = element.EnumerateObject().First();
        var (name, content) = (member.Name, member.Value);
        return Nested(() => json.At($".{name}", () => ReadForm(name, content)));
    }

    /// <summary>One level deeper, within the limits.</summary>
    private Expr? Nested(Func<Expr?> read)
    {
        if (++_depth > limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            json.Fail($"nested deeper than {limits.MaxDepth} levels");
            return null;
        }

        var expression = read();
        _depth--;
        return expression is null ? null : Count(expression);
    }

    private Expr? Count(Expr expression)
    {
        if (++_nodes > limits.MaxNodes)
        {
            json.Fail($"more than {limits.MaxNodes} parts of expressions");
            return null;
        }

        // What is read as one object can be several levels of a tree: a path of attributes.
        if (expression.Height > limits.MaxDepth)
        {
            json.Fail($"an expression deeper than {limits.MaxDepth} operators");
            return null;
        }

        return expression;
    }

    private Expr? ReadForm(string name, JsonElement content)
    {
        switch (name)
        {
            case "Value":
                return ReadLiteral(content);
            case "Var":
                return ReadVariable(content);
            case "Slot":
                json.Fail("slots stand in the scope of a template only");
                return null;
            case "!" or "neg":
                return Parts(content, "arg") is [var operand]
                    ? new UnaryExpr(name == "!" ? UnaryOperator.Not : UnaryOperator.Negate, operand)
                    : null;
            case "if-then-else":
                return Parts(content, "if", "then", "else") is [var condition, var then, var @else]
                    ? new IfExpr(condition, then, @else)
                    : null;
            case ".":
                return HasOnly(content, "left", "attr") && Inside(content, "left", ReadExpr) is { } target
                    && ReadText(content, "attr") is { } attribute
                    ? new GetAttributeExpr(target, attribute)
                    : null;
            case "has":
                return HasOnly(content, "left", "attr") ? ReadHas(content) : null;
            case "like":
                return HasOnly(content, "left", "pattern") && Inside(content, "left", ReadExpr) is { } text
                    && Inside(content, "pattern", ReadPattern) is { } pattern
                    ? new LikeExpr(text, pattern)
                    : null;
            case "is":
                return HasOnly(content, "left", "entity_type", "in") ? ReadIs(content) : null;
            case "Set":
                return ReadAll(content, ReadExpr) is { } elements ? new SetExpr([.. elements]) : null;
            case "Record":
                return ReadFields(content, ReadExpr);
            default:
                return ReadOperatorOrCall(name, content);
        }
    }

    private Expr? ReadOperatorOrCall(string name, JsonElement content)
    {
        if (BinaryOperators.Find(name) is { } op)
        {
            return Parts(content, "left", "right") is [var left, var right] ? new BinaryExpr(op, left, right) : null;
        }

        if (FunctionSignature.Find(name) is not { } signature)
        {
            json.Fail("there is no such operator or function");
            return null;
        }

        if (!signature.IsExtension)
        {
            var parts = signature.Arity == 1 ? Parts(content, "arg") : Parts(content, "left", "right");
            return parts is null ? null : new CallExpr(signature.Function, [.. parts]);
        }

        if (ReadAll(content, ReadExpr) is not { } arguments)
        {
            return null;
        }

        // As in text, only what is called on is needed to read a call; a wrong number of arguments is an error of evaluation.
        if (signature.IsMethod && arguments.Count == 0)
        {
            json.Fail("a method is called on something: its first argument");
            return null;
        }

        return new CallExpr(signature.Function, [.. arguments]);
    }

    private Expr[]? Parts(JsonElement content, params ReadOnlySpan<string> names)
    {
        if (!HasOnly(content, names))
        {
            return null;
        }

        var parts = new Expr[names.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Inside(content, names[i], ReadExpr) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return parts;
    }

    private VariableExpr? ReadVariable(JsonElement content)
    {
        Variable? variable = (content.ValueKind == JsonValueKind.String ? content.GetString() : null) switch
        {
            "principal" => Variable.Principal,
            "action" => Variable.Action,
            "resource" => Variable.Resource,
            "context" => Variable.Context,
            _ => null,
        };
        if (variable is null)
        {
            json.Fail("a variable is `principal`, `action`, `resource` or `context`");
        }

        return variable is { } known ? new VariableExpr(known) : null;
    }

    private Expr? ReadHas(JsonElement content)
    {
        if (Inside(content, "left", ReadExpr) is not { } target || json.Field(content, "attr") is not { } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            return ReadText(content, "attr") is { } attribute ? new HasExpr(target, [attribute]) : null;
        }

        var path = ImmutableArray.CreateBuilder<string>();
        foreach (var name in given.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String)
            {
                json.Fail("a path of attributes is made of strings");
                return null;
            }

            path.Add(name.GetString()!);
        }

        if (path.Count == 0 || path.Count > limits.MaxDepth)
        {
            json.Fail($"a path has 1 to {limits.MaxDepth} attributes");
            return null;
        }

        var has = new HasExpr(target, path.DrainToImmutable());
        if (has.Path.Length == 1 || has.Path.All(CedarText.IsPlainName))
        {
            return has;
        }

        // In text a path is made of plain names; one of others is written there as what it means.
        if (!has.CanSpellOut)
        {
            json.Fail("a long path of attributes is made of names that need no quotes");
            return null;
        }

        var spelt = has.SpellOut();
        _nodes += NewNodes * has.Path.Length;
        return spelt;
    }

    private Pattern? ReadPattern(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            json.Fail("a pattern is an array");
            return null;
        }

        var segments = ImmutableArray.CreateBuilder<string>();
        var text = new StringBuilder();
        foreach (var element in content.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.String && element.ValueEquals("Wildcard"))
            {
                segments.Add(text.ToString());
                text.Clear();
            }
            else if (HasOnly(element, "Literal") && ReadText(element, "Literal") is { } literal)
            {
                text.Append(literal);
            }
            else
            {
                json.Fail("the parts of a pattern are `\"Wildcard\"` and `{\"Literal\": \"…\"}`");
                return null;
            }
        }

        segments.Add(text.ToString());
        return new Pattern(segments.DrainToImmutable());
    }

    private IsExpr? ReadIs(JsonElement content)
    {
        if (Inside(content, "left", ReadExpr) is not { } target || ReadTypeName(content) is not { } type)
        {
            return null;
        }

        if (!content.TryGetProperty("in", out var inside) || inside.ValueKind == JsonValueKind.Null)
        {
            return new IsExpr(target, type);
        }

        return Inside(content, "in", ReadExpr) is { } ancestor ? new IsExpr(target, type, ancestor) : null;
    }

    private RecordExpr? ReadFields(JsonElement content, Func<JsonElement, Expr?> read)
    {
        if (!IsObject(content))
        {
            return null;
        }

        var fields = ImmutableArray.CreateBuilder<RecordField>();
        foreach (var property in content.EnumerateObject())
        {
            if (json.At($".{property.Name}", () => read(property.Value)) is not { } value)
            {
                return null;
            }

            fields.Add(new(property.Name, value));
        }

        return new RecordExpr(fields.DrainToImmutable());
    }
}
