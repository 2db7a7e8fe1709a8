using System.Runtime.InteropServices;
using Holdpoint.Policy.Evaluation;

namespace Holdpoint.Policy;

/// <summary>
/// Every policy that applies to a request or errs on it; all others do not apply. A caller may keep one and have it filled again for
/// the next request, which then allocates nothing; it belongs to one thread at a time.
/// </summary>
public sealed class PolicyOutcomes
{
    private readonly List<PolicyOutcome> _outcomes = [];

    /// <summary>The outcomes in the order of the set. Valid until this object is filled again.</summary>
    public ReadOnlySpan<PolicyOutcome> All => CollectionsMarshal.AsSpan(_outcomes);

    /// <summary>
    /// Cedar's own decision on these outcomes: allow when a permit applies and no forbid does. A policy that errs plays no part, which
    /// is why an agreement does not rely on this alone.
    /// </summary>
    public Decision Decision
    {
        get
        {
            var decision = Decision.Deny;
            foreach (var outcome in All)
            {
                if (outcome.IsSatisfied)
                {
                    if (outcome.Policy.Effect == Effect.Forbid)
                    {
                        return Decision.Deny;
                    }

                    decision = Decision.Allow;
                }
            }

            return decision;
        }
    }

    internal Scratch Scratch { get; } = new();

    internal void Clear() => _outcomes.Clear();

    internal void Add(PolicyOutcome outcome) => _outcomes.Add(outcome);
}
