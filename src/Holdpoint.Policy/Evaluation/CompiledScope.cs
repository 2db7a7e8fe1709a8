using System.Runtime.InteropServices;

namespace Holdpoint.Policy.Evaluation;

/// <summary>A scope, with the policies of the set that have it: they stand or fall together.</summary>
internal sealed class CompiledScope(Policy policy)
{
    private const int NoGuard = -1;

    private readonly Dictionary<int, GuardedPolicies> _byGuard = [];
    private readonly List<GuardedPolicies> _groups = [];

    public EntityTest Principal { get; } = EntityTest.Of(policy.Principal);

    public EntityTest Action { get; } = EntityTest.Of(policy.Action);

    public EntityTest Resource { get; } = EntityTest.Of(policy.Resource);

    /// <summary>Adds the policy at that position of the set.</summary>
    public void Add(CompiledPolicy added, int position)
    {
        var slot = added.Guard?.Slot ?? NoGuard;
        if (!_byGuard.TryGetValue(slot, out var group))
        {
            _byGuard.Add(slot, group = new(added.Guard, []));
            _groups.Add(group);
        }

        group.Positions.Add(position);
    }

    /// <summary>Sets the bits of the policies, if the scope fits, but for those whose guard is false.</summary>
    public void Mark(ref Frame frame, Span<ulong> candidates)
    {
        if (!Action.Fits(frame.Request.ActionValue, frame.Action)
            || !Principal.Fits(frame.Request.PrincipalValue, frame.Principal)
            || !Resource.Fits(frame.Request.ResourceValue, frame.Resource))
        {
            return;
        }

        foreach (var (guard, positions) in CollectionsMarshal.AsSpan(_groups))
        {
            // A guard that errs is left to the policies: each then errs at its own place.
            if (guard is not null && guard.Test(ref frame) == Truth.False)
            {
                continue;
            }

            foreach (var position in CollectionsMarshal.AsSpan(positions))
            {
                candidates[position / 64] |= 1UL << (position % 64);
            }
        }
    }

    /// <summary>Policies with one scope that begin with the same condition, or with one of their own.</summary>
    private sealed record GuardedPolicies(SharedNode? Guard, List<int> Positions);
}
