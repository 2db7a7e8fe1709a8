using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>Checks that some action applies to a principal and a resource that the scope lets through.</summary>
internal sealed class ScopeChecks(SchemaTypes schema, Findings findings)
{
    public void Check(Policy policy)
    {
        List<ActionType> actions = [.. Actions(policy.Action)];
        if (actions.Exists(a => a.Principals.Any(p => Admits(policy.Principal, p)) && a.Resources.Any(r => Admits(policy.Resource, r))))
        {
            return;
        }

        var clauses = new List<string>(2);
        if (WouldInHelp(policy.Principal, actions, a => a.Principals))
        {
            clauses.Add("principal");
        }

        if (WouldInHelp(policy.Resource, actions, a => a.Resources))
        {
            clauses.Add("resource");
        }

        findings.Add(
            ValidationCode.NoApplicableAction, policy.Span, "no action applies to what the scope names",
            clauses.Count == 0 ? null : $"write `in` instead of `==` for the {string.Join(" and the ", clauses)}");
    }

    private IEnumerable<ActionType> Actions(ActionConstraint constraint) => constraint switch
    {
        // An action stands for itself here, a group in a list for everything in it.
        ActionConstraint.Equal(var one) => schema.Schema.Actions.TryGetValue(one, out var action) ? [action] : [],
        ActionConstraint.In(var groups) => schema.ActionsIn(groups)?.Select(a => schema.Schema.Actions[a]) ?? [],
        _ => schema.Schema.Actions.Values,
    };

    /// <summary>Whether an entity of the type can be what the scope asks for.</summary>
    private bool Admits(ScopeConstraint constraint, string type) => constraint switch
    {
        ScopeConstraint.Equal(EntityReference.Known(var uid)) => uid.Type == type,
        ScopeConstraint.In(EntityReference.Known(var uid)) => CanBeIn(type, uid.Type),
        ScopeConstraint.Is(var only) => only == type,
        ScopeConstraint.IsIn(var only, EntityReference.Known(var uid)) => only == type && CanBeIn(type, uid.Type),
        ScopeConstraint.IsIn(var only, _) => only == type,
        _ => true,
    };

    private bool CanBeIn(string type, string ancestor) =>
        type == ancestor || schema.Schema.EntityTypes.GetValueOrDefault(type)?.AncestorTypes.Contains(ancestor) == true;

    private bool WouldInHelp(ScopeConstraint constraint, List<ActionType> actions, Func<ActionType, IEnumerable<string>> types) =>
        constraint is ScopeConstraint.Equal(EntityReference.Known(var uid))
        && !actions.Exists(a => types(a).Contains(uid.Type, StringComparer.Ordinal))
        && actions.Exists(a => types(a).Any(t => CanBeIn(t, uid.Type)));
}
