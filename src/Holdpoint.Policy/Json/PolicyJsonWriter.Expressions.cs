using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>Expressions.</content>
internal sealed partial class PolicyJsonWriter
{
    private void Write(Expr expression)
    {
        if (expression is HasExpr { Path.Length: > 1 } path && path.CanSpellOut)
        {
            Write(path.SpellOut());
            return;
        }

        json.WriteStartObject();
        WriteForm(expression);
        json.WriteEndObject();
    }

    private void WriteForm(Expr expression)
    {
        switch (expression)
        {
            case LiteralExpr(var value):
                WriteLiteral(value);
                break;
            case VariableExpr(var variable):
                json.WriteString("Var", variable switch
                {
                    Variable.Principal => "principal",
                    Variable.Action => "action",
                    Variable.Resource => "resource",
                    _ => "context",
                });
                break;
            case IfExpr(var condition, var then, var @else):
                WriteParts("if-then-else", ("if", condition), ("then", then), ("else", @else));
                break;
            case UnaryExpr(var op, var operand):
                WriteParts(op == UnaryOperator.Not ? "!" : "neg", ("arg", operand));
                break;
            case BinaryExpr(var op, var left, var right):
                WriteParts(BinaryOperators.TextOf(op), ("left", left), ("right", right));
                break;
            case HasExpr has:
                WriteHas(has);
                break;
            case LikeExpr(var target, var pattern):
                json.WriteStartObject("like");
                WritePart("left", target);
                WritePattern(pattern);
                json.WriteEndObject();
                break;
            case IsExpr(var target, var type, var ancestor):
                json.WriteStartObject("is");
                WritePart("left", target);
                json.WriteString("entity_type", type);
                if (ancestor is not null)
                {
                    WritePart("in", ancestor);
                }

                json.WriteEndObject();
                break;
            case GetAttributeExpr(var target, var name):
                json.WriteStartObject(".");
                WritePart("left", target);
                json.WriteString("attr", name);
                json.WriteEndObject();
                break;
            case CallExpr call:
                WriteCall(call);
                break;
            case SetExpr(var elements):
                json.WriteStartArray("Set");
                WriteAll(elements.AsSpan());
                json.WriteEndArray();
                break;
            case RecordExpr(var fields):
                json.WriteStartObject("Record");
                foreach (var field in fields)
                {
                    WritePart(field.Name, field.Value);
                }

                json.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteLiteral(Value value)
    {
        switch (value)
        {
            case BooleanValue truth:
                json.WriteBoolean("Value", truth.Value);
                break;
            case LongValue number:
                json.WriteNumber("Value", number.Value);
                break;
            case StringValue text:
                json.WriteString("Value", text.Value);
                break;
            case EntityValue entity:
                json.WriteStartObject("Value");
                WriteValue("__entity", entity.Uid);
                json.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteHas(HasExpr has)
    {
        json.WriteStartObject("has");
        WritePart("left", has.Target);
        if (has.Path is [var only])
        {
            json.WriteString("attr", only);
        }
        else
        {
            json.WriteStartArray("attr");
            foreach (var name in has.Path)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WritePattern(Pattern pattern)
    {
        json.WriteStartArray("pattern");
        for (var i = 0; i < pattern.Segments.Length; i++)
        {
            if (i > 0)
            {
                json.WriteStringValue("Wildcard");
            }

            // One element for each code point, as Cedar writes it; any cut means the same.
            foreach (var rune in pattern.Segments[i].EnumerateRunes())
            {
                json.WriteStartObject();
                json.WriteString("Literal", rune.ToString());
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private void WriteCall(CallExpr call)
    {
        var signature = FunctionSignature.Of(call.Function);
        if (signature.IsExtension)
        {
            json.WriteStartArray(signature.Name);
            WriteAll(call.Arguments.AsSpan());
            json.WriteEndArray();
        }
        else if (call.Arguments is [var only])
        {
            WriteParts(signature.Name, ("arg", only));
        }
        else
        {
            WriteParts(signature.Name, ("left", call.Arguments[0]), ("right", call.Arguments[1]));
        }
    }

    private void WriteParts(string name, params ReadOnlySpan<(string Name, Expr Part)> parts)
    {
        json.WriteStartObject(name);
        foreach (var (part, expression) in parts)
        {
            WritePart(part, expression);
        }

        json.WriteEndObject();
    }

    private void WritePart(string name, Expr expression)
    {
        json.WritePropertyName(name);
        Write(expression);
    }

    private void WriteAll(ReadOnlySpan<Expr> expressions)
    {
        foreach (var expression in expressions)
        {
            Write(expression);
        }
    }
}
