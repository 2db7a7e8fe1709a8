using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <summary>Reads policies from JSON. A method that meets a fault records it in <c>json</c>, with its place, and returns null.</summary>
internal sealed partial class PolicyJsonReader(CedarJson json, ParseLimits limits)
{
    private int _policies;

    public PolicySet? ReadSet(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("effect", out _))
        {
            return ReadPolicy("policy0", root) is not { } policy ? null
                : policy.HasSlot ? Create([], [new(policy)], [])
                : Create([policy], [], []);
        }

        if (json.Field(root, "staticPolicies") is not { } staticPolicies || !HasOnly(root, "staticPolicies", "templates", "templateLinks")
            || json.At("staticPolicies", () => ReadPolicies(staticPolicies)) is not { } policies)
        {
            return null;
        }

        var templates = root.TryGetProperty("templates", out var given) ? json.At("templates", () => ReadPolicies(given)) : [];
        var links = root.TryGetProperty("templateLinks", out var linked) ? json.At("templateLinks", () => ReadLinks(linked)) : [];
        if (templates?.Find(t => !t.HasSlot) is { } @static)
        {
            json.Fail($"templates.{@static.Id}: a template has a slot; a policy without one stands in `staticPolicies`");
            return null;
        }

        return templates is null || links is null ? null : Create(policies, templates.Select(t => new Template(t)), links);
    }

    private PolicySet? Create(IEnumerable<Policy> policies, IEnumerable<Template> templates, IEnumerable<TemplateLink> links)
    {
        if (!PolicySet.TryCreate(policies, templates, links, out var set, out var fault))
        {
            json.Fail(fault);
        }

        return set;
    }

    private List<Policy>? ReadPolicies(JsonElement element)
    {
        if (!IsObject(element))
        {
            return null;
        }

        var policies = new List<Policy>();
        foreach (var property in element.EnumerateObject())
        {
            var id = property.Name;
            if (!CountPolicy() || json.At($".{id}", () => ReadPolicy(id, property.Value)) is not { } policy)
            {
                return null;
            }

            policies.Add(policy);
        }

        return policies;
    }

    private bool CountPolicy()
    {
        var fits = ++_policies <= limits.MaxPolicies;
        if (!fits)
        {
            json.Fail($"more than {limits.MaxPolicies} policies, templates and links");
        }

        return fits;
    }

    private List<TemplateLink>? ReadLinks(JsonElement element) => ReadAll(element, link =>
    {
        if (!CountPolicy() || !HasOnly(link, "templateId", "newId", "values")
            || ReadText(link, "templateId") is not { } templateId || ReadText(link, "newId") is not { } newId
            || json.Field(link, "values") is not { } values || !HasOnly(values, "?principal", "?resource"))
        {
            return null;
        }

        var (principal, isPrincipalSound) = ReadOptionalUid(values, "?principal");
        var (resource, isResourceSound) = ReadOptionalUid(values, "?resource");
        return isPrincipalSound && isResourceSound ? new TemplateLink(templateId, newId, principal, resource) : null;
    });

    private (EntityUid? Uid, bool IsSound) ReadOptionalUid(JsonElement values, string name)
    {
        var uid = values.TryGetProperty(name, out var given) ? json.At($".{name}", () => json.ReadUid(given)) : null;
        return (uid, uid is not null || given.ValueKind == JsonValueKind.Undefined);
    }

    private Policy? ReadPolicy(string id, JsonElement element)
    {
        if (!HasOnly(element, "effect", "principal", "action", "resource", "conditions", "annotations")
            || ReadEffect(element) is not { } effect
            || Inside(element, "principal", e => ReadScope("principal", e)) is not { } principal
            || Inside(element, "action", ReadAction) is not { } action
            || Inside(element, "resource", e => ReadScope("resource", e)) is not { } resource
            || Inside(element, "conditions", e => ReadAll(e, ReadCondition)) is not { } conditions)
        {
            return null;
        }

        var annotations = element.TryGetProperty("annotations", out var given)
            ? json.At(".annotations", () => ReadAnnotations(given))
            : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        return annotations is null ? null : new Policy
        {
            Id = id, Effect = effect, Annotations = annotations, Principal = principal, Action = action, Resource = resource,
            Conditions = [.. conditions],
        };
    }

    private Effect? ReadEffect(JsonElement policy)
    {
        switch (ReadText(policy, "effect"))
        {
            case "permit":
                return Effect.Permit;
            case "forbid":
                return Effect.Forbid;
            case not null:
                json.Fail("`effect` is `permit` or `forbid`");
                return null;
            default:
                return null;
        }
    }

    private ImmutableSortedDictionary<string, string>? ReadAnnotations(JsonElement element)
    {
        if (!IsObject(element))
        {
            return null;
        }

        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!CedarText.IsWord(property.Name))
            {
                json.Fail("the name of an annotation is an identifier");
                return null;
            }

            if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                json.Fail($"the value of annotation `{property.Name}` is a string or null");
                return null;
            }

            annotations.Add(property.Name, property.Value.GetString() ?? "");
        }

        return annotations.ToImmutable();
    }

    private Condition? ReadCondition(JsonElement element)
    {
        if (!HasOnly(element, "kind", "body") || ReadText(element, "kind") is not { } kind)
        {
            return null;
        }

        if (kind is not ("when" or "unless"))
        {
            json.Fail("`kind` is `when` or `unless`");
            return null;
        }

        return Inside(element, "body", ReadExpr) is { } body
            ? new Condition(kind == "when" ? ConditionKind.When : ConditionKind.Unless, body)
            : null;
    }

    private List<T>? ReadAll<T>(JsonElement element, Func<JsonElement, T?> read)
        where T : class
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            json.Fail("expected an array");
            return null;
        }

        var items = new List<T>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (json.At($"[{items.Count}]", () => read(item)) is not { } value)
            {
                return null;
            }

            items.Add(value);
        }

        return items;
    }

    /// <summary>Reads a member that must be there.</summary>
    private T? Inside<T>(JsonElement element, string name, Func<JsonElement, T?> read)
        where T : class =>
        json.Field(element, name) is { } member ? json.At($".{name}", () => read(member)) : null;

    private string? ReadText(JsonElement element, string name)
    {
        if (json.Field(element, name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.String)
        {
            json.Fail($"`{name}` is a string");
            return null;
        }

        return member.GetString();
    }

    private bool IsObject(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        json.Fail("expected an object");
        return false;
    }

    private bool HasOnly(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (!IsObject(element))
        {
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                json.Fail($"there is no member `{property.Name}` here");
                return false;
            }
        }

        return true;
    }
}
