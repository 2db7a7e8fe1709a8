using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>Whether entities are as a schema declares them. Immutable, thread-safe.</summary>
public sealed class EntityValidator(CedarSchema schema)
{
    /// <summary>Why an entity, by itself, does not conform; null when it does.</summary>
    public ConformanceFault? Validate(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Check(entity, entity.Parents.AsSpan());
    }

    /// <summary>
    /// Why the entities of a store do not conform, in the order of their uids; an action is compared with all that it is in.
    /// </summary>
    public ImmutableArray<ConformanceFault> Validate(EntityStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Sorted(store.Stored.Select(s => (
            s.Entity,
            Check(s.Entity, s.Entity.Uid.IsAction ? Array.ConvertAll(s.Ancestors, a => a.Uid) : s.Entity.Parents.AsSpan()))));
    }

    /// <summary>
    /// References of a store, and of a request if there is one, to entities that the store does not have. Actions and enumerated
    /// entities of the schema are there without being in the store. Cedar allows such references: reading through one is an error, which
    /// skips a policy. Where that must not be, stores are to be closed.
    /// </summary>
    public ImmutableArray<ConformanceFault> FindDangling(EntityStore store, Request? request = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var found = Sorted(store.Entities.Select(e => (e, FindDangling(e, store))));
        if (request is null)
        {
            return found;
        }

        ConformanceFault?[] asked =
        [
            FindDangling(request.PrincipalValue, store)?.Under("principal"),
            FindDangling(request.ActionValue, store)?.Under("action"),
            FindDangling(request.ResourceValue, store)?.Under("resource"),
            FindDangling(request.Context, store)?.Under("context"),
        ];
        return [.. asked.OfType<ConformanceFault>(), .. found];
    }

    private ConformanceFault? Check(Entity entity, ReadOnlySpan<EntityUid> ancestors)
    {
        if (entity.Uid.IsAction)
        {
            return CheckAction(entity, ancestors);
        }

        if (!schema.EntityTypes.TryGetValue(entity.Uid.Type, out var type))
        {
            var suggestion = Syntax.Nearest.Suggest(entity.Uid.Type, schema.EntityTypes.Keys.Order(StringComparer.Ordinal));
            return new(
                ConformanceCode.UndeclaredType,
                $"the schema does not declare the entity type {entity.Uid.Type}{(suggestion is null ? "" : $"; {suggestion}")}", "");
        }

        if (ValueCheck.CheckUid(entity.Uid, schema) is { } id)
        {
            return id;
        }

        if (ValueCheck.CheckFields(entity.Attributes, type.Attributes, schema) is { } attribute)
        {
            return attribute.Under(".attrs");
        }

        foreach (var parent in ancestors)
        {
            // A parent may be of any type that an ancestor may have: levels between may be left out.
            if ((ValueCheck.CheckUid(parent, schema) ?? CheckParent(type, parent)) is { } fault)
            {
                return fault.Under(".parents");
            }
        }

        return CheckTags(entity.Tags, type)?.Under(".tags");
    }

    private static ConformanceFault? CheckParent(EntityType type, EntityUid parent) =>
        type.AncestorTypes.Contains(parent.Type) ? null
            : new(ConformanceCode.WrongParent, $"an entity of type {type} cannot be in one of type {parent.Type}", "");

    private ConformanceFault? CheckTags(RecordValue tags, EntityType type)
    {
        if (tags.Count > 0 && type.Tags is null)
        {
            return new(ConformanceCode.UnexpectedTag, $"entities of type {type} have no tags", "");
        }

        for (var i = 0; i < tags.Count; i++)
        {
            if (ValueCheck.Check(tags.At(i).Value, type.Tags!, schema) is { } fault)
            {
                return fault.Under($".{tags.At(i).Name}");
            }
        }

        return null;
    }

    private ConformanceFault? CheckAction(Entity entity, ReadOnlySpan<EntityUid> ancestors)
    {
        if (!schema.Actions.TryGetValue(entity.Uid, out var action))
        {
            return new(ConformanceCode.UndeclaredAction, "the schema does not declare this action", "");
        }

        return entity.Attributes.Count + entity.Tags.Count == 0 && action.Ancestors.SetEquals(ancestors.ToArray())
            ? null
            : new(
                ConformanceCode.ActionDiffers,
                "the schema declares this action with other groups, and actions have no attributes or tags", "");
    }

    private ConformanceFault? FindDangling(Entity entity, EntityStore store)
    {
        foreach (var parent in entity.Parents)
        {
            if (IsDangling(parent, store))
            {
                return Dangling(parent).Under(".parents");
            }
        }

        return FindDangling(entity.Attributes, store)?.Under(".attrs") ?? FindDangling(entity.Tags, store)?.Under(".tags");
    }

    private ConformanceFault? FindDangling(Value value, EntityStore store)
    {
        switch (value)
        {
            case EntityValue { Uid: var uid }:
                return IsDangling(uid, store) ? Dangling(uid) : null;
            case SetValue set:
                foreach (var element in set.Elements)
                {
                    if (FindDangling(element, store) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            case RecordValue record:
                for (var i = 0; i < record.Count; i++)
                {
                    var (name, field) = record.At(i);
                    if (FindDangling(field, store) is { } fault)
                    {
                        return fault.Under($".{name}");
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private bool IsDangling(EntityUid uid, EntityStore store) =>
        !store.TryGet(uid, out _) && !schema.Actions.ContainsKey(uid)
        && !(schema.EntityTypes.TryGetValue(uid.Type, out var type) && type.EnumIds is not null && type.HasId(uid.Id));

    private static ConformanceFault Dangling(EntityUid uid) =>
        new(ConformanceCode.Dangling, $"the store does not have this entity of type {uid.Type}", "");

    private static ImmutableArray<ConformanceFault> Sorted(IEnumerable<(Entity Entity, ConformanceFault? Fault)> checks) =>
    [
        .. checks.Where(c => c.Fault is not null)
            .OrderBy(c => c.Entity.Uid.Type, StringComparer.Ordinal).ThenBy(c => c.Entity.Uid.Id, StringComparer.Ordinal)
            .Select(c => c.Fault!.Under(c.Entity.Uid.ToString())),
    ];
}
