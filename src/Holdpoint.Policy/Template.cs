namespace Holdpoint.Policy;

/// <summary>A policy with slots in its scope. It decides nothing by itself; a link fills the slots.</summary>
/// <param name="Body">The policy with its slots.</param>
public sealed record Template(Policy Body)
{
    /// <summary>The template's name; no policy of the same set has it.</summary>
    public string Id => Body.Id;

    /// <summary>Whether <c>?principal</c> is there to fill.</summary>
    public bool HasPrincipalSlot => Body.Principal.HasSlot;

    /// <summary>Whether <c>?resource</c> is there to fill.</summary>
    public bool HasResourceSlot => Body.Resource.HasSlot;

    /// <summary>The policy that the template becomes with these entities.</summary>
    /// <param name="newId">The id of the policy.</param>
    /// <param name="principal">What fills <c>?principal</c>; null exactly when there is none.</param>
    /// <param name="resource">What fills <c>?resource</c>; null exactly when there is none.</param>
    /// <exception cref="ArgumentException">A slot is left open, or a value has no slot.</exception>
    public Policy Link(string newId, EntityUid? principal = null, EntityUid? resource = null)
    {
        ArgumentNullException.ThrowIfNull(newId);
        if (!Fits(principal, resource))
        {
            throw new ArgumentException($"The values do not fit the slots of template `{Id}`.");
        }

        return Body with
        {
            Id = newId,
            Principal = principal is { } p ? Body.Principal.Fill(p) : Body.Principal,
            Resource = resource is { } r ? Body.Resource.Fill(r) : Body.Resource,
        };
    }
    internal bool Fits(EntityUid? principal, EntityUid? resource) =>
        principal.HasValue == HasPrincipalSlot && resource.HasValue == HasResourceSlot;
}
