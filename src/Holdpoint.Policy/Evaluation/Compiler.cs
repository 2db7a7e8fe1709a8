using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>Turns expressions into nodes, once. What can be known now is: constant collections, and extension values of literals.</summary>
/// <param name="shared">The expressions whose values are kept for the other places where they stand; null for a lone expression.</param>
internal sealed class Compiler(SharedExpressions? shared)
{
    public Node Compile(Expr expression)
    {
        var node = CompileAlone(expression);

        // A constant needs no slot; an integer that is computed would need an object in it.
        return node is not (ConstantNode or FailingNode) && !node.IsNumber && shared?.SlotOf(expression) is { } slot
            ? new SharedNode(node, slot)
            : node;
    }

    /// <summary>The operands of a chain of <c>&amp;&amp;</c> that is used here only; anything else is one by itself.</summary>
    public Node[] CompileConjuncts(Expr expression) =>
        expression is BinaryExpr { Operator: BinaryOperator.And } chain && shared?.SlotOf(chain) is null
            ? CompileChain(chain)
            : [Compile(expression)];

    private Node CompileAlone(Expr expression) => expression switch
    {
        LiteralExpr literal => new ConstantNode(literal.Value, literal.Span),
        VariableExpr variable => new VariableNode(variable.Variable, variable.Span),
        IfExpr(var condition, var then, var @else) =>
            new IfNode(Compile(condition), Compile(then), Compile(@else), expression.Span),
        UnaryExpr(var op, var operand) =>
            op == UnaryOperator.Not ? new NotNode(Compile(operand), expression.Span) : new NegateNode(Compile(operand), expression.Span),
        BinaryExpr binary => Compile(binary),
        HasExpr(var target, var path) => new HasNode(Compile(target), [.. path], expression.Span),
        LikeExpr(var target, var pattern) => new LikeNode(Compile(target), pattern, expression.Span),
        IsExpr isExpr => Compile(isExpr),
        GetAttributeExpr(var target, var name) => new GetAttributeNode(Compile(target), name, expression.Span),
        SetExpr set => Compile(set),
        RecordExpr record => Compile(record),
        CallExpr call => Compile(call),
        _ => throw new UnreachableException(),
    };

    private Node Compile(BinaryExpr binary)
    {
        var span = binary.Span;
        switch (binary.Operator)
        {
            case BinaryOperator.And:
                return new AndNode(CompileChain(binary), span);
            case BinaryOperator.Or:
                return new OrNode(CompileChain(binary), span);
        }

        var (left, right) = (Compile(binary.Left), Compile(binary.Right));
        return binary.Operator switch
        {
            BinaryOperator.Equal => CompileEqual(left, right, isNegated: false, span),
            BinaryOperator.NotEqual => CompileEqual(left, right, isNegated: true, span),
            BinaryOperator.In => new InNode(left, right, span),
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply =>
                new ArithmeticNode(binary.Operator, left, right, span),
            _ => CompileOrder(binary.Operator, left, right, span),
        };
    }

    private static Node CompileEqual(Node left, Node right, bool isNegated, SourceSpan span) => (left, right) switch
    {
        ({ IsNumber: false }, ConstantNode constant) => new EqualToNode(left, constant.Value, isNegated, span),
        (ConstantNode constant, { IsNumber: false }) => new EqualToNode(right, constant.Value, isNegated, span),
        _ => new EqualNode(left, right, isNegated, span),
    };

    private static Node CompileOrder(BinaryOperator op, Node left, Node right, SourceSpan span) =>
        (left, right) is ({ IsNumber: false }, ConstantNode { Value: LongValue limit })
            ? new ThresholdNode(op, left, limit.Value, span)
            : new OrderNode(op, left, right, span);

    /// <summary>
    /// The operands of a chain of one operator, which the parser nests on the left; a beginning that is shared stays one operand.
    /// </summary>
    private Node[] CompileChain(BinaryExpr chain)
    {
        var operands = new Stack<Node>();
        Expr rest = chain;
        while (rest is BinaryExpr link && link.Operator == chain.Operator
            && (ReferenceEquals(link, chain) || shared?.SlotOf(link) is null))
        {
            operands.Push(Compile(link.Right));
            rest = link.Left;
        }

        operands.Push(Compile(rest));
        return [.. operands];
    }

    private Node Compile(IsExpr expression)
    {
        var target = Compile(expression.Target);
        var isType = new IsNode(target, expression.EntityType, expression.Span);
        return expression.Ancestor is null
            ? isType
            : new AndNode([isType, new InNode(target, Compile(expression.Ancestor), expression.Span)], expression.Span);
    }

    private Node Compile(SetExpr set)
    {
        Node[] elements = [.. set.Elements.Select(Compile)];
        return elements.All(e => e is ConstantNode)
            ? new ConstantNode(SetValue.Create(elements.Select(e => ((ConstantNode)e).Value)), set.Span)
            : new SetNode(elements, set.Span);
    }

    private Node Compile(RecordExpr record)
    {
        string[] names = [.. record.Fields.Select(f => f.Name)];
        Node[] values = [.. record.Fields.Select(f => Compile(f.Value))];
        return values.All(v => v is ConstantNode)
            ? new ConstantNode(
                RecordValue.Create(names.Zip(values, (n, v) => KeyValuePair.Create(n, ((ConstantNode)v).Value))), record.Span)
            : new RecordNode(names, values, record.Span);
    }

    private Node Compile(CallExpr call)
    {
        var (signature, span) = (FunctionSignature.Of(call.Function), call.Span);
        if (call.Arguments.Length != signature.Arity)
        {
            return new FailingNode(new(EvaluationFault.Arity, $"`{signature.Name}` was given a wrong number of arguments", span));
        }

        var target = Compile(call.Arguments[0]);
        var argument = signature.Arity == 2 ? Compile(call.Arguments[1]) : null;
        return call.Function switch
        {
            Function.Contains => new ContainsNode(target, argument!, span),
            Function.ContainsAll => new ContainsSetNode(target, argument!, all: true, span),
            Function.ContainsAny => new ContainsSetNode(target, argument!, all: false, span),
            Function.IsEmpty => new IsEmptyNode(target, span),
            Function.GetTag => new GetTagNode(target, argument!, span),
            Function.HasTag => new HasTagNode(target, argument!, span),
            Function.Ip or Function.Decimal or Function.Datetime or Function.Duration => CompileConstructor(call.Function, target, span),
            Function.Offset or Function.DurationSince or Function.ToDate or Function.ToTime =>
                new DateTimeNode(call.Function, target, argument, span),
            Function.ToMilliseconds or Function.ToSeconds or Function.ToMinutes or Function.ToHours or Function.ToDays =>
                new DurationPartNode(call.Function, target, span),
            _ => new ExtensionTestNode(call.Function, target, argument, span),
        };
    }

    private static Node CompileConstructor(Function function, Node text, SourceSpan span)
    {
        if (text is not ConstantNode { Value: StringValue literal })
        {
            return new ConstructorNode(function, text, span);
        }

        return ExtensionFunctions.Construct(function, literal.Value) is { } value
            ? new ConstantNode(value, span)
            : new FailingNode(ExtensionFunctions.BadText(function, span));
    }
}
