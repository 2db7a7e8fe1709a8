using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>A kind of request, with the types of what fills the slots.</summary>
/// <param name="Request">The kind of request.</param>
/// <param name="PrincipalSlot">The type of <c>?principal</c>; null where there is none.</param>
/// <param name="ResourceSlot">The type of <c>?resource</c>; null where there is none.</param>
internal sealed record LinkedEnvironment(RequestEnvironment Request, string? PrincipalSlot, string? ResourceSlot)
{
    /// <summary>Every environment of the schema, with every type that can fill a slot so that the scope may hold.</summary>
    public static IEnumerable<LinkedEnvironment> All(Policy policy, CedarSchema schema) =>
        from request in schema.Environments
        from principal in Fillings(policy.Principal, request.PrincipalType, schema)
        from resource in Fillings(policy.Resource, request.ResourceType, schema)
        select new LinkedEnvironment(request, principal, resource);

    private static IEnumerable<string?> Fillings(ScopeConstraint constraint, EntityType type, CedarSchema schema)
    {
        if (!constraint.HasSlot)
        {
            return [null];
        }

        return constraint is ScopeConstraint.Equal
            ? [type.Name]
            : type.AncestorTypes.Where(schema.EntityTypes.ContainsKey).Append(type.Name).Distinct(StringComparer.Ordinal);
    }
}
