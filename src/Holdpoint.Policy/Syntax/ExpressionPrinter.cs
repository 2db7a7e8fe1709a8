using System.Diagnostics;
using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <summary>Writes expressions, with brackets where the grammar's precedence would otherwise read another tree.</summary>
internal readonly struct ExpressionPrinter(StringBuilder text)
{
    private enum Level
    {
        If,
        Or,
        And,
        Relation,
        Sum,
        Product,
        Signed,
        Member,
    }

    public void Append(Expr expression) => Append(expression, Level.If);

    private void Append(Expr expression, Level least)
    {
        var bracketed = LevelOf(expression) < least;
        text.Append(bracketed ? "(" : "");
        switch (expression)
        {
            case LiteralExpr(var value):
                text.Append(value);
                break;
            case VariableExpr(var variable):
                text.Append(variable switch
                {
                    Variable.Principal => "principal",
                    Variable.Action => "action",
                    Variable.Resource => "resource",
                    _ => "context",
                });
                break;
            case IfExpr(var condition, var then, var @else):
                text.Append("if ");
                Append(condition, Level.If);
                text.Append(" then ");
                Append(then, Level.If);
                text.Append(" else ");
                Append(@else, Level.If);
                break;
            case UnaryExpr(var op, var operand):
                text.Append(op == UnaryOperator.Not ? '!' : '-');
                AppendOperand(op, operand);
                break;
            case BinaryExpr binary:
                AppendBinary(binary);
                break;
            case HasExpr(var target, var path):
                Append(target, Level.Sum);
                text.Append(" has ")
                    .Append(path is [var only] && !CedarText.IsPlainName(only) ? CedarText.Quote(only) : string.Join('.', path));
                break;
            case LikeExpr(var target, var pattern):
                Append(target, Level.Sum);
                text.Append(" like ").Append(pattern);
                break;
            case IsExpr(var target, var type, var ancestor):
                Append(target, Level.Sum);
                text.Append(" is ").Append(type);
                if (ancestor is not null)
                {
                    text.Append(" in ");
                    Append(ancestor, Level.Sum);
                }

                break;
            case GetAttributeExpr(var target, var name):
                Append(target, Level.Member);
                text.Append(CedarText.IsPlainName(name) ? $".{name}" : $"[{CedarText.Quote(name)}]");
                break;
            case CallExpr call:
                AppendCall(call);
                break;
            case SetExpr(var elements):
                text.Append('[');
                AppendList(elements.AsSpan());
                text.Append(']');
                break;
            case RecordExpr(var fields):
                AppendRecord(fields.AsSpan());
                break;
            default:
                throw new UnreachableException();
        }

        text.Append(bracketed ? ")" : "");
    }

    private static Level LevelOf(Expr expression) => expression switch
    {
        IfExpr => Level.If,
        BinaryExpr(var op, _, _) => LevelOf(op),
        HasExpr or LikeExpr or IsExpr => Level.Relation,
        UnaryExpr => Level.Signed,
        LiteralExpr(LongValue { Value: < 0 }) => Level.Signed,
        _ => Level.Member,
    };

    private static Level LevelOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Level.Or,
        BinaryOperator.And => Level.And,
        BinaryOperator.Add or BinaryOperator.Subtract => Level.Sum,
        BinaryOperator.Multiply => Level.Product,
        _ => Level.Relation,
    };

    private void AppendBinary(BinaryExpr binary)
    {
        // Chains bind from the left; comparisons do not chain at all.
        var level = LevelOf(binary.Operator);
        Append(binary.Left, level == Level.Relation ? Level.Sum : level);
        text.Append(' ').Append(BinaryOperators.TextOf(binary.Operator)).Append(' ');
        Append(binary.Right, level + 1);
    }

    /// <summary>After a sign only members stand bare; and `-5` would read as a literal, so an integer after a minus does not.</summary>
    private void AppendOperand(UnaryOperator op, Expr operand)
    {
        var isInteger = op == UnaryOperator.Negate && operand is LiteralExpr(LongValue);
        text.Append(isInteger ? "(" : "");
        Append(operand, isInteger ? Level.If : Level.Member);
        text.Append(isInteger ? ")" : "");
    }

    private void AppendCall(CallExpr call)
    {
        var signature = FunctionSignature.Of(call.Function);
        ReadOnlySpan<Expr> arguments = call.Arguments.AsSpan();
        if (signature.IsMethod)
        {
            Append(arguments[0], Level.Member);
            text.Append('.');
            arguments = arguments[1..];
        }

        text.Append(signature.Name).Append('(');
        AppendList(arguments);
        text.Append(')');
    }

    private void AppendList(ReadOnlySpan<Expr> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(items[i], Level.If);
        }
    }

    private void AppendRecord(ReadOnlySpan<RecordField> fields)
    {
        text.Append('{');
        for (var i = 0; i < fields.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            text.Append(CedarText.IsPlainName(fields[i].Name) ? fields[i].Name : CedarText.Quote(fields[i].Name)).Append(": ");
            Append(fields[i].Value, Level.If);
        }

        text.Append('}');
    }
}
