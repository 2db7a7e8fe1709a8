using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary><c>entity in entity</c>, <c>entity in [entity, …]</c></summary>
internal sealed class InNode(Node left, Node right, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame)
    {
        if (left.EvaluateAs<EntityValue>(ref frame, ValueKind.Entity) is not { } entity)
        {
            return Truth.Error;
        }

        switch (right.Evaluate(ref frame))
        {
            case EntityValue ancestor:
                return From(IsIn(entity, frame.Find(entity), ancestor));
            case SetValue set:
                return IsInAny(ref frame, entity, set);
            case { } other:
                FailType(ref frame, "an entity or a set of entities", other);
                return Truth.Error;
            default:
                return Truth.Error;
        }
    }

    private Truth IsInAny(ref Frame frame, EntityValue entity, SetValue set)
    {
        var stored = frame.Find(entity);
        var found = false;
        foreach (var element in set.Elements)
        {
            // Every element has to be an entity, also those after one that fits.
            if (element is not EntityValue ancestor)
            {
                FailType(ref frame, ValueKind.Entity, element);
                return Truth.Error;
            }

            found = found || IsIn(entity, stored, ancestor);
        }

        return From(found);
    }

    private static bool IsIn(EntityValue entity, StoredEntity? stored, EntityValue ancestor) =>
        entity.Equals(ancestor) || (stored?.HasAncestor(ancestor) ?? false);
}

/// <summary><c>entity is Type</c></summary>
internal sealed class IsNode(Node target, string type, SourceSpan span) : TruthNode(span)
{
    public override Truth Test(ref Frame frame) =>
        target.EvaluateAs<EntityValue>(ref frame, ValueKind.Entity) is { } entity ? From(entity.Uid.Type == type) : Truth.Error;
}
