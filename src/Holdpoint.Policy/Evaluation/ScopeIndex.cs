using System.Runtime.InteropServices;

namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// Finds the policies that a request has to ask: their scope fits, and what they begin with is not false. Equal scopes are tested
/// once. Each scope stands under the one of its keys (an entity, an action, a type) that fewest scopes of the set share; a request
/// looks under its own keys only.
/// </summary>
internal sealed class ScopeIndex
{
    private readonly Dictionary<EntityValue, List<CompiledScope>> _byPrincipal = [];
    private readonly Dictionary<EntityValue, List<CompiledScope>> _byAction = [];
    private readonly Dictionary<EntityValue, List<CompiledScope>> _byResource = [];
    private readonly Dictionary<string, List<CompiledScope>> _byPrincipalType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CompiledScope>> _byResourceType = new(StringComparer.Ordinal);
    private readonly List<CompiledScope> _always = [];

    public ScopeIndex(ReadOnlySpan<CompiledPolicy> policies)
    {
        var scopes = GroupByScope(policies);
        var uses = new Dictionary<Key, int>();
        foreach (var key in scopes.SelectMany(Choices).SelectMany(keys => keys))
        {
            uses[key] = uses.GetValueOrDefault(key) + 1;
        }

        foreach (var scope in scopes)
        {
            var rarest = Choices(scope).MinBy(keys => keys.Sum(k => uses[k]));
            if (rarest is null)
            {
                _always.Add(scope);
            }
            else
            {
                rarest.ForEach(key => Put(key, scope));
            }
        }
    }

    private enum Part
    {
        Principal,
        Action,
        Resource,
        PrincipalType,
        ResourceType,
    }

    /// <summary>Sets the bit of every policy to ask. Bits, so that policies are met once each and in the order of the set.</summary>
    public void Mark(ref Frame frame, Span<ulong> candidates)
    {
        Mark(_always, ref frame, candidates);
        Mark(_byPrincipalType, frame.Request.Principal.Type, ref frame, candidates);
        Mark(_byResourceType, frame.Request.Resource.Type, ref frame, candidates);
        MarkAll(_byPrincipal, frame.Request.PrincipalValue, frame.Principal, ref frame, candidates);
        MarkAll(_byAction, frame.Request.ActionValue, frame.Action, ref frame, candidates);
        MarkAll(_byResource, frame.Request.ResourceValue, frame.Resource, ref frame, candidates);
    }

    private static List<CompiledScope> GroupByScope(ReadOnlySpan<CompiledPolicy> policies)
    {
        var inOrder = new List<CompiledScope>();
        var scopes = new Dictionary<(ScopeConstraint, ActionConstraint, ScopeConstraint), CompiledScope>();
        for (var i = 0; i < policies.Length; i++)
        {
            var policy = policies[i].Source;
            if (!scopes.TryGetValue((policy.Principal, policy.Action, policy.Resource), out var scope))
            {
                scopes.Add((policy.Principal, policy.Action, policy.Resource), scope = new(policy));
                inOrder.Add(scope);
            }

            scope.Add(policies[i], i);
        }

        return inOrder;
    }

    /// <summary>The sets of keys under any of which the scope can stand, so that no request that fits it misses it.</summary>
    private static IEnumerable<List<Key>> Choices(CompiledScope scope)
    {
        foreach (var (test, part, typePart) in new (EntityTest, Part, Part?)[]
            {
                (scope.Principal, Part.Principal, Part.PrincipalType),
                (scope.Resource, Part.Resource, Part.ResourceType), (scope.Action, Part.Action, null),
            })
        {
            if (test.Exactly is not null)
            {
                yield return [new(part, test.Exactly)];
            }

            if (test.Within is not null)
            {
                yield return [.. test.Within.Distinct().Select(e => new Key(part, e))];
            }

            if (test.Type is not null && typePart is { } ofType)
            {
                yield return [new(ofType, test.Type)];
            }
        }
    }

    private void Put(Key key, CompiledScope scope)
    {
        switch (key.Part)
        {
            case Part.PrincipalType:
                Put(_byPrincipalType, (string)key.Content, scope);
                break;
            case Part.ResourceType:
                Put(_byResourceType, (string)key.Content, scope);
                break;
            default:
                Put(
                    key.Part switch { Part.Principal => _byPrincipal, Part.Action => _byAction, _ => _byResource },
                    (EntityValue)key.Content, scope);
                break;
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<CompiledScope>> index, TKey key, CompiledScope scope)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var scopes))
        {
            index.Add(key, scopes = []);
        }

        scopes.Add(scope);
    }

    private static void MarkAll(
        Dictionary<EntityValue, List<CompiledScope>> index, EntityValue entity,
        StoredEntity? stored, ref Frame frame, Span<ulong> candidates)
    {
        if (index.Count == 0)
        {
            return;
        }

        Mark(index, entity, ref frame, candidates);
        if (stored is null)
        {
            return;
        }

        // Whichever is shorter: the ancestors, or the keys.
        if (stored.Ancestors.Length <= index.Count)
        {
            foreach (var ancestor in stored.Ancestors)
            {
                Mark(index, ancestor, ref frame, candidates);
            }

            return;
        }

        foreach (var (key, scopes) in index)
        {
            if (stored.HasAncestor(key))
            {
                Mark(scopes, ref frame, candidates);
            }
        }
    }

    private static void Mark<TKey>(Dictionary<TKey, List<CompiledScope>> index, TKey key, ref Frame frame, Span<ulong> candidates)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var scopes))
        {
            Mark(scopes, ref frame, candidates);
        }
    }

    private static void Mark(List<CompiledScope> scopes, ref Frame frame, Span<ulong> candidates)
    {
        foreach (var scope in CollectionsMarshal.AsSpan(scopes))
        {
            scope.Mark(ref frame, candidates);
        }
    }

    private sealed record Key(Part Part, object Content);
}
