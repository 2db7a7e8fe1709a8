using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>[a, b, …]</c> where not all elements are constants.</summary>
internal sealed class SetNode(Node[] elements, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        var values = new Value[elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].Evaluate(ref frame) is not { } value)
            {
                return null;
            }

            values[i] = value;
        }

        return SetValue.Create(values);
    }
}

/// <summary><c>{name: a, …}</c> where not all values are constants.</summary>
internal sealed class RecordNode(string[] names, Node[] values, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        var fields = new KeyValuePair<string, Value>[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (values[i].Evaluate(ref frame) is not { } value)
            {
                return null;
            }

            fields[i] = new(names[i], value);
        }

        return RecordValue.Create(fields);
    }
}

/// <summary><c>set.contains(value)</c></summary>
internal sealed class ContainsNode(Node target, Node element, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<SetValue>(ref frame, ValueKind.Set) is { } set && element.Evaluate(ref frame) is { } value
            ? From(set.Contains(value))
            : Truth.Error;
}

/// <summary><c>set.containsAll(set)</c> and <c>set.containsAny(set)</c></summary>
internal sealed class ContainsSetNode(Node target, Node other, bool all, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<SetValue>(ref frame, ValueKind.Set) is { } set
        && other.EvaluateAs<SetValue>(ref frame, ValueKind.Set) is { } elements
            ? From(all ? set.ContainsAll(elements) : set.ContainsAny(elements))
            : Truth.Error;
}

/// <summary><c>set.isEmpty()</c></summary>
internal sealed class IsEmptyNode(Node target, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<SetValue>(ref frame, ValueKind.Set) is { } set ? From(set.Elements.IsEmpty) : Truth.Error;
}

/// <summary><c>text like "pattern"</c></summary>
internal sealed class LikeNode(Node target, Pattern pattern, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<StringValue>(ref frame, ValueKind.String) is { } text ? From(pattern.Matches(text.Value)) : Truth.Error;
}
