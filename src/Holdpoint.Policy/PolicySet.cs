using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy;

/// <summary>Policies that decide together. Immutable.</summary>
public sealed class PolicySet
{
    private PolicySet(ImmutableArray<Policy> policies, ImmutableArray<Template> templates, ImmutableArray<TemplateLink> links)
    {
        Policies = policies;
        Templates = templates;
        Links = links;
    }

    /// <summary>What decides: the static policies in the order given, then the links in the order given.</summary>
    public ImmutableArray<Policy> Policies { get; }

    /// <summary>The templates. By themselves they decide nothing.</summary>
    public ImmutableArray<Template> Templates { get; }

    /// <summary>
    /// The links, in the order given. The policies that they become are the last of <see cref="Policies"/>, in the same order.
    /// </summary>
    public ImmutableArray<TemplateLink> Links { get; }

    /// <summary>A set of these policies.</summary>
    /// <param name="policies">Policies without slots.</param>
    /// <param name="templates">The templates that <paramref name="links"/> may name.</param>
    /// <param name="links">Instances of templates.</param>
    /// <exception cref="ArgumentException">
    /// Two of all these have the same id, a policy has a slot, or a link names a template that is not there or does not fit its slots.
    /// </exception>
    public static PolicySet Create(
        IEnumerable<Policy> policies, IEnumerable<Template>? templates = null, IEnumerable<TemplateLink>? links = null) =>
        TryCreate(policies, templates, links, out var set, out var fault) ? set : throw new ArgumentException(fault);

    /// <summary>As <see cref="Create"/>; false with a <paramref name="fault"/> where that throws.</summary>
    public static bool TryCreate(
        IEnumerable<Policy> policies, IEnumerable<Template>? templates, IEnumerable<TemplateLink>? links,
        [NotNullWhen(true)] out PolicySet? set, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(policies);
        set = null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var deciding = ImmutableArray.CreateBuilder<Policy>();
        foreach (var policy in policies)
        {
            deciding.Add(policy);
            fault = policy.HasSlot ? $"policy `{policy.Id}` has a slot; it is a template" : Claim(ids, policy.Id);
            if (fault is not null)
            {
                return false;
            }
        }

        var known = ImmutableArray.CreateBuilder<Template>();
        foreach (var template in templates ?? [])
        {
            known.Add(template);
            fault = Claim(ids, template.Id);
            if (fault is not null)
            {
                return false;
            }
        }

        var instances = links?.ToImmutableArray() ?? [];
        var byId = known.ToDictionary(t => t.Id, StringComparer.Ordinal);
        foreach (var link in instances)
        {
            fault = Claim(ids, link.NewId)
                ?? (!byId.TryGetValue(link.TemplateId, out var template)
                    ? $"link `{link.NewId}` names template `{link.TemplateId}`, which is not in the set"
                : template.Fits(link.Principal, link.Resource) ? null
                : $"the values of link `{link.NewId}` do not fit the slots of template `{link.TemplateId}`");
            if (fault is not null)
            {
                return false;
            }

            deciding.Add(byId[link.TemplateId].Link(link.NewId, link.Principal, link.Resource));
        }

        fault = null;
        set = new(deciding.DrainToImmutable(), known.DrainToImmutable(), instances);
        return true;
    }

    /// <summary>Prepares the set for deciding. Done once; the result is immutable and thread-safe.</summary>
    public Authorizer Compile() => new(Policies);

    private static string? Claim(HashSet<string> ids, string id) => ids.Add(id) ? null : $"the id `{id}` is given twice";
}
