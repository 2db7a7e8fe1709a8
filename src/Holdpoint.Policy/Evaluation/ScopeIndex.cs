using System.Collections.Immutable;

namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// Finds the policies whose scope can fit a request. Each policy stands under the one constraint that will rule it out most often;
/// the rest of its scope is tested afterwards.
/// </summary>
internal sealed class ScopeIndex
{
    private readonly Dictionary<EntityUid, List<int>> _byPrincipal = [];
    private readonly Dictionary<EntityUid, List<int>> _byAction = [];
    private readonly Dictionary<EntityUid, List<int>> _byResource = [];
    private readonly Dictionary<string, List<int>> _byPrincipalType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byResourceType = new(StringComparer.Ordinal);
    private readonly List<int> _always = [];

    public ScopeIndex(ImmutableArray<Policy> policies)
    {
        for (var i = 0; i < policies.Length; i++)
        {
            Add(policies[i], i);
        }
    }

    /// <summary>Sets the bit of every policy that can fit. Bits, so that policies are met once each and in the order of the set.</summary>
    public void MarkCandidates(in Frame frame, Span<ulong> candidates)
    {
        Mark(_always, candidates);
        Mark(_byPrincipalType, frame.Request.Principal.Type, candidates);
        Mark(_byResourceType, frame.Request.Resource.Type, candidates);
        MarkAll(_byPrincipal, frame.Request.Principal, frame.Principal, candidates);
        MarkAll(_byAction, frame.Request.Action, frame.Action, candidates);
        MarkAll(_byResource, frame.Request.Resource, frame.Resource, candidates);
    }

    private void Add(Policy policy, int number)
    {
        switch (policy)
        {
            case { Principal.Reference: EntityReference.Known(var principal) }:
                Put(_byPrincipal, principal, number);
                break;
            case { Resource.Reference: EntityReference.Known(var resource) }:
                Put(_byResource, resource, number);
                break;
            case { Action: ActionConstraint.Equal(var action) }:
                Put(_byAction, action, number);
                break;
            case { Action: ActionConstraint.In(var actions) }:
                foreach (var one in actions)
                {
                    Put(_byAction, one, number);
                }

                break;
            case { Principal: ScopeConstraint.Is(var principalType) }:
                Put(_byPrincipalType, principalType, number);
                break;
            case { Resource: ScopeConstraint.Is(var resourceType) }:
                Put(_byResourceType, resourceType, number);
                break;
            default:
                _always.Add(number);
                break;
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<int>> index, TKey key, int number)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var numbers))
        {
            index.Add(key, numbers = []);
        }

        numbers.Add(number);
    }

    private static void MarkAll(Dictionary<EntityUid, List<int>> index, EntityUid uid, StoredEntity? stored, Span<ulong> candidates)
    {
        if (index.Count == 0)
        {
            return;
        }

        Mark(index, uid, candidates);
        foreach (var ancestor in stored?.Ancestors ?? [])
        {
            Mark(index, ancestor, candidates);
        }
    }

    private static void Mark<TKey>(Dictionary<TKey, List<int>> index, TKey key, Span<ulong> candidates)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var numbers))
        {
            Mark(numbers, candidates);
        }
    }

    private static void Mark(List<int> numbers, Span<ulong> candidates)
    {
        foreach (var number in numbers)
        {
            candidates[number / 64] |= 1UL << (number % 64);
        }
    }
}
