using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>
/// The decisions of an agreement, by the policies that apply: without an error nothing else determines a decision. Thread-safe.
/// </summary>
internal sealed class DecisionsByPattern
{
    // Calls of one kind meet the same few policies. Patterns are as many as the subsets of all policies, so there is a bound.
    private const int MaxKept = 4096;

    private readonly Kept<Policy.Policy[], Decision> _kept = new(MaxKept, new Pattern());
    private readonly ConcurrentDictionary<Policy.Policy[], Decision>.AlternateLookup<ReadOnlySpan<PolicyOutcome>> _byOutcomes;

    public DecisionsByPattern() => _byOutcomes = _kept.All.GetAlternateLookup<ReadOnlySpan<PolicyOutcome>>();

    /// <summary>The decision on outcomes among which there is no error; null when it has to be made.</summary>
    public Decision? Find(PolicyOutcomes outcomes) => _byOutcomes.TryGetValue(outcomes.All, out var decision) ? decision : null;

    /// <summary>Keeps what was decided on outcomes among which there is no error, if there is room; returns it.</summary>
    public Decision Keep(PolicyOutcomes outcomes, Decision decision)
    {
        var pattern = new Policy.Policy[outcomes.All.Length];
        for (var i = 0; i < pattern.Length; i++)
        {
            pattern[i] = outcomes.All[i].Policy;
        }

        return _kept.Keep(pattern, decision);
    }

    /// <summary>Outcomes come in the order of the set, and each is one of its policies: the same objects, one after the other.</summary>
    internal sealed class Pattern
        : IEqualityComparer<Policy.Policy[]>, IAlternateEqualityComparer<ReadOnlySpan<PolicyOutcome>, Policy.Policy[]>
    {
        public bool Equals(Policy.Policy[]? x, Policy.Policy[]? y) => x.AsSpan().SequenceEqual(y, ReferenceEqualityComparer.Instance);

        public bool Equals(ReadOnlySpan<PolicyOutcome> alternate, Policy.Policy[] other)
        {
            if (alternate.Length != other.Length)
            {
                return false;
            }

            for (var i = 0; i < other.Length; i++)
            {
                if (!ReferenceEquals(alternate[i].Policy, other[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(Policy.Policy[] obj)
        {
            var hash = 0;
            foreach (var policy in obj)
            {
                hash = Combine(hash, policy);
            }

            return hash;
        }

        public int GetHashCode(ReadOnlySpan<PolicyOutcome> alternate)
        {
            var hash = 0;
            foreach (var outcome in alternate)
            {
                hash = Combine(hash, outcome.Policy);
            }

            return hash;
        }

        public Policy.Policy[] Create(ReadOnlySpan<PolicyOutcome> alternate) => throw new NotSupportedException("Only looked up.");

        private static int Combine(int hash, Policy.Policy policy) => HashCode.Combine(hash, RuntimeHelpers.GetHashCode(policy));
    }
}
