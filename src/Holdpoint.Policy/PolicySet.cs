using System.Collections.Immutable;

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

    /// <summary>The links, in the order given. The policies that they become are the last of <see cref="Policies"/>, in the same order.</summary>
    public ImmutableArray<TemplateLink> Links { get; }

    /// <summary>A set of these policies.</summary>
    /// <param name="policies">Policies without slots.</param>
    /// <param name="templates">The templates that <paramref name="links"/> may name.</param>
    /// <param name="links">Instances of templates.</param>
    /// <exception cref="ArgumentException">
    /// Two of all these have the same id, a policy has a slot, or a link names a template that is not there or does not fit its slots.
    /// </exception>
    public static PolicySet Create(
        IEnumerable<Policy> policies, IEnumerable<Template>? templates = null, IEnumerable<TemplateLink>? links = null)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var deciding = ImmutableArray.CreateBuilder<Policy>();
        foreach (var policy in policies)
        {
            Claim(ids, policy.Id);
            deciding.Add(policy.HasSlot ? throw new ArgumentException($"Policy `{policy.Id}` has a slot; it is a template.") : policy);
        }

        var known = new Dictionary<string, Template>(StringComparer.Ordinal);
        foreach (var template in templates ?? [])
        {
            Claim(ids, template.Id);
            known.Add(template.Id, template);
        }

        var instances = links?.ToImmutableArray() ?? [];
        foreach (var link in instances)
        {
            Claim(ids, link.NewId);
            deciding.Add(known.TryGetValue(link.TemplateId, out var template)
                ? template.Link(link.NewId, link.Principal, link.Resource)
                : throw new ArgumentException($"Link `{link.NewId}` names template `{link.TemplateId}`, which is not in the set."));
        }

        return new(deciding.DrainToImmutable(), [.. known.Values], instances);
    }

    /// <summary>Prepares the set for deciding. Done once; the result is immutable and thread-safe.</summary>
    public Authorizer Compile() => new(Policies);

    private static void Claim(HashSet<string> ids, string id)
    {
        if (!ids.Add(id))
        {
            throw new ArgumentException($"The id `{id}` is given twice.");
        }
    }
}
