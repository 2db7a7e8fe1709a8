using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>target.name</c></summary>
internal sealed class GetAttributeNode(Node target, string name, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        switch (target.Evaluate(ref frame))
        {
            case RecordValue record:
                return Read(ref frame, record);
            case EntityValue entity:
                if (frame.Find(entity) is { } stored)
                {
                    return Read(ref frame, stored.Entity.Attributes);
                }

                frame.Fail(
                    EvaluationFault.MissingEntity,
                    $"attribute `{name}` of an entity of type `{entity.Uid.Type}` that is not in the store", Span);
                return null;
            case { } other:
                FailType(ref frame, TypeName.RecordOrEntity, other);
                return null;
            default:
                return null;
        }
    }

    private Value? Read(ref Frame frame, RecordValue record)
    {
        if (!record.TryGetValue(name, out var value))
        {
            frame.Fail(EvaluationFault.MissingAttribute, $"there is no attribute `{name}`", Span);
        }

        return value;
    }
}

/// <summary><c>target has a.b.c</c></summary>
internal sealed class HasNode(Node target, string[] path, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        var value = target.Evaluate(ref frame);
        foreach (var name in path)
        {
            RecordValue? attributes;
            switch (value)
            {
                case RecordValue record:
                    attributes = record;
                    break;
                case EntityValue entity:
                    attributes = frame.Find(entity)?.Entity.Attributes;
                    break;
                case { } other:
                    FailType(ref frame, TypeName.RecordOrEntity, other);
                    return Truth.Error;
                default:
                    return Truth.Error;
            }

            if (attributes is null || !attributes.TryGetValue(name, out value))
            {
                return Truth.False;
            }
        }

        return Truth.True;
    }
}

/// <summary><c>entity.getTag(name)</c></summary>
internal sealed class GetTagNode(Node target, Node tag, SourceSpan span) : Node(span)
{
    public override Value? Evaluate(ref Frame frame)
    {
        if (target.EvaluateAs<EntityValue>(ref frame, ValueKind.Entity) is not { } entity
            || tag.EvaluateAs<StringValue>(ref frame, ValueKind.String) is not { } name)
        {
            return null;
        }

        if (frame.Find(entity) is not { } stored)
        {
            frame.Fail(EvaluationFault.MissingEntity, $"a tag of an entity of type `{entity.Uid.Type}` that is not in the store", Span);
            return null;
        }

        if (!stored.Entity.Tags.TryGetValue(name.Value, out var value))
        {
            frame.Fail(EvaluationFault.MissingTag, $"an entity of type `{entity.Uid.Type}` does not have the tag", Span);
        }

        return value;
    }
}

/// <summary><c>entity.hasTag(name)</c></summary>
internal sealed class HasTagNode(Node target, Node tag, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<EntityValue>(ref frame, ValueKind.Entity) is { } entity
        && tag.EvaluateAs<StringValue>(ref frame, ValueKind.String) is { } name
            ? From(frame.Find(entity)?.Entity.Tags.Has(name.Value) ?? false)
            : Truth.Error;
}
