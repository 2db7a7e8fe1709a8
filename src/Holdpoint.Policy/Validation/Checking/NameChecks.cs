using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>Checks that the schema declares what a policy names: entity types, actions, ids of enumerated types.</summary>
internal sealed class NameChecks(SchemaTypes schema, Findings findings)
{
    /// <summary>Checks scope and conditions. Slots are not filled yet; see <see cref="CheckType"/>.</summary>
    public void Check(Policy policy)
    {
        CheckScope(policy.Principal, policy.PrincipalSpan);
        foreach (var action in ActionsOf(policy.Action))
        {
            CheckEntity(action, policy.ActionSpan);
        }

        CheckScope(policy.Resource, policy.ResourceSpan);
        foreach (var part in policy.Conditions.SelectMany(c => c.Body.DescendantsAndSelf()))
        {
            switch (part)
            {
                case LiteralExpr { Value: EntityValue { Uid: var uid } }:
                    CheckEntity(uid, part.Span);
                    break;
                case IsExpr(_, var type, _):
                    CheckType(type, part.Span);
                    break;
            }
        }
    }

    /// <summary>Checks that the type is one of the schema's, or one of actions.</summary>
    public void CheckType(string type, SourceSpan span)
    {
        if (!schema.IsKnown(type))
        {
            findings.Add(
                ValidationCode.UnknownEntityType, span, $"the schema has no entity type `{type}`",
                NearestName.Suggest(type, schema.Schema.EntityTypes.Keys));
        }
    }

    public static IEnumerable<EntityUid> ActionsOf(ActionConstraint constraint) => constraint switch
    {
        ActionConstraint.Equal(var action) => [action],
        ActionConstraint.In(var actions) => actions,
        _ => [],
    };

    private void CheckScope(ScopeConstraint constraint, SourceSpan span)
    {
        if (constraint is ScopeConstraint.Is(var type))
        {
            CheckType(type, span);
        }
        else if (constraint is ScopeConstraint.IsIn(var narrow, _))
        {
            CheckType(narrow, span);
        }

        if (constraint.Reference is EntityReference.Known(var uid))
        {
            CheckEntity(uid, span);
        }
    }

    private void CheckEntity(EntityUid uid, SourceSpan span)
    {
        if (uid.IsAction)
        {
            CheckAction(uid, span);
            return;
        }

        CheckType(uid.Type, span);
        if (schema.Schema.EntityTypes.TryGetValue(uid.Type, out var type)
            && type.EnumIds is { } ids && !ids.Contains(uid.Id, StringComparer.Ordinal))
        {
            findings.Add(
                ValidationCode.UnknownEnumId, span, $"`{uid.Type}` has no entity {CedarText.Quote(uid.Id)}",
                NearestName.Suggest(uid.Id, ids)
                    ?? $"it has {string.Join(", ", ids.Take(10).Select(CedarText.Quote))}{(ids.Length > 10 ? ", …" : "")}");
        }
    }

    private void CheckAction(EntityUid uid, SourceSpan span)
    {
        if (!schema.Schema.Actions.ContainsKey(uid))
        {
            findings.Add(
                ValidationCode.UnknownAction, span, $"the schema has no action {uid}",
                NearestName.Suggest(uid.ToString(), schema.Schema.Actions.Keys.Select(a => a.ToString())));
        }
    }
}
