using System.Diagnostics;
using System.Runtime.InteropServices;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// Finds the expressions that stand in several places of a set of policies, by numbering: equal expressions get one number, made of
/// their operator, their content and the numbers of their parts. Takes time in proportion to the set, however much in it is equal.
/// </summary>
internal sealed class SharedExpressions
{
    private readonly Dictionary<Form, int> _numbers = [];
    private readonly Dictionary<Expr, int> _numberOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _uses = [];
    private readonly Dictionary<int, int> _slots = [];

    /// <summary>The number of slots given out so far.</summary>
    public int SlotCount => _slots.Count;

    /// <summary>Counts the expression as used where it stands, and its parts as used by it.</summary>
    public void Add(Expr expression) => _uses[Number(expression)]++;

    /// <summary>
    /// The slot for the value of the expression; null when it is used in one place only. Parts of a shared expression do not count once
    /// for each place of the whole: whoever finds the whole does not ask for them.
    /// </summary>
    public int? SlotOf(Expr expression)
    {
        // Literals and variables cost no more than a look at a slot.
        if (expression is LiteralExpr or VariableExpr
            || !_numberOf.TryGetValue(expression, out var number) || _uses[number] < 2)
        {
            return null;
        }

        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, number, out var exists);
        return exists ? slot : slot = _slots.Count - 1;
    }

    private int Number(Expr expression)
    {
        // A link of a template brings the very objects of its siblings.
        if (_numberOf.TryGetValue(expression, out var known))
        {
            return known;
        }

        var children = expression.Children;
        var parts = new int[children.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Number(children[i]);
        }

        var (number, isNew) = Combine(expression, parts);
        if (isNew)
        {
            foreach (var part in parts)
            {
                _uses[part]++;
            }
        }

        _numberOf.Add(expression, number);
        return number;
    }

    private (int Number, bool IsNew) Combine(Expr expression, ReadOnlySpan<int> parts)
    {
        // Names and parts, of which there may be any number, are a chain of links, each with a number of its own.
        var last = Form.None;
        foreach (var content in Contents(expression))
        {
            (last, _) = Look(new(typeof(string), content, last, Form.None));
        }

        foreach (var part in parts)
        {
            (last, _) = Look(new(typeof(Expr), null, last, part));
        }

        return Look(new(expression.GetType(), ContentOf(expression), last, Form.None));
    }

    private (int Number, bool IsNew) Look(Form form)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, form, out var exists);
        if (!exists)
        {
            number = _uses.Count;
            _uses.Add(0);
        }

        return (number, !exists);
    }

    private static object? ContentOf(Expr expression) => expression switch
    {
        LiteralExpr literal => literal.Value,
        VariableExpr variable => variable.Variable,
        UnaryExpr unary => unary.Operator,
        BinaryExpr binary => binary.Operator,
        LikeExpr like => like.Pattern,
        IsExpr isExpr => isExpr.EntityType,
        GetAttributeExpr get => get.Name,
        CallExpr call => call.Function,
        IfExpr or HasExpr or SetExpr or RecordExpr => null,
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> Contents(Expr expression) => expression switch
    {
        HasExpr has => has.Path,
        RecordExpr record => record.Fields.Select(f => f.Name),
        _ => [],
    };

    /// <summary>What makes two expressions equal.</summary>
    private readonly record struct Form(Type Kind, object? Content, int Before, int Last)
    {
        public const int None = -1;
    }
}
