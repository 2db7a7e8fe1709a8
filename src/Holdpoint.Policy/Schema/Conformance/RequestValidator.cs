using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>
/// Whether requests are of a kind that a schema allows: a declared action that applies to the types of principal and resource, and the
/// context that it has. Entities play no part. Allocates nothing for a request that conforms. Immutable, thread-safe.
/// </summary>
public sealed class RequestValidator(CedarSchema schema)
{
    /// <summary>Why the request does not conform; null when it does.</summary>
    public ConformanceFault? Validate(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ValidateScope(request) ?? CheckContext(schema.Actions[request.Action], request.Context);
    }

    /// <summary>
    /// Why principal, action and resource do not conform, whatever the context; null when they do. With
    /// <see cref="ValidateContext"/> it makes up <see cref="Validate"/>, for whoever asks about one scope in many contexts.
    /// </summary>
    public ConformanceFault? ValidateScope(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (CheckType(request.Principal) is { } principal)
        {
            return principal.Under("principal");
        }

        if (CheckType(request.Resource) is { } resource)
        {
            return resource.Under("resource");
        }

        if (!schema.Actions.TryGetValue(request.Action, out var action))
        {
            var suggestion = Syntax.Nearest.Suggest(request.Action.Id, schema.Actions.Keys.Select(a => a.Id).Order(StringComparer.Ordinal));
            return new(
                ConformanceCode.UndeclaredAction,
                $"the schema does not declare the action {request.Action}{(suggestion is null ? "" : $"; {suggestion}")}", "action");
        }

        if (!action.Principals.Contains(request.Principal.Type))
        {
            return Inapplicable(ConformanceCode.WrongPrincipal, action, "principal", request.Principal.Type, action.Principals);
        }

        return action.Resources.Contains(request.Resource.Type)
            ? null
            : Inapplicable(ConformanceCode.WrongResource, action, "resource", request.Resource.Type, action.Resources);
    }

    /// <summary>Why a context is none for an action of the schema; null when it is one.</summary>
    public ConformanceFault? ValidateContext(ActionType action, RecordBuffer context)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(context);
        return CheckContext(action, context.Record);
    }

    private ConformanceFault? CheckContext(ActionType action, RecordValue context) =>
        ValueCheck.CheckFields(context, action.Context, schema)?.Under("context");

    private ConformanceFault? CheckType(EntityUid uid) =>
        schema.EntityTypes.ContainsKey(uid.Type)
            ? ValueCheck.CheckUid(uid, schema)
            : new(ConformanceCode.UndeclaredType, $"the schema does not declare the entity type {uid.Type}", "");

    private static ConformanceFault Inapplicable(
        string code, ActionType action, string role, string type, ImmutableSortedSet<string> allowed) =>
        new(
            code,
            $"{action} does not apply to a {role} of type {type}, but to {(allowed.Count == 0 ? "none" : string.Join(", ", allowed))}",
            role);
}
