using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>A small schema with two small sets of policies over it. The seed makes it again.</summary>
internal sealed class SmallCase
{
    private readonly Authorizer _all;

    private SmallCase(int seed, SmallSchema schema, ImmutableArray<Policy.Policy> a, ImmutableArray<Policy.Policy> b)
    {
        (Seed, Schema, First) = (seed, schema, a[0]);
        (A, B) = (PolicySet.Create(a), PolicySet.Create(b));
        _all = PolicySet.Create(a.AddRange(b)).Compile();
        PolicyText = string.Join('\n', a.AddRange(b));
    }

    public int Seed { get; }

    public SmallSchema Schema { get; }

    public Policy.Policy First { get; }

    public PolicySet A { get; }

    public PolicySet B { get; }

    public string PolicyText { get; }

    public static SmallCase Of(int seed)
    {
        var random = new Random(seed);
        var schema = SmallSchema.AtRandom(random);
        var policies = new SmallPolicies(schema, random);
        ImmutableArray<Policy.Policy> a = [.. Enumerable.Range(0, 1 + random.Next(2)).Select(i => policies.Policy($"a{i}"))];
        ImmutableArray<Policy.Policy> copy = random.Next(2) == 0 ? [.. a.Select((p, i) => p with { Id = $"b{i}" })] : [];
        return new(seed, schema, a, copy.IsEmpty || random.Next(3) > 0 ? copy.Add(policies.Policy("b")) : copy);
    }

    public bool Names(EntityUid uid) => PolicyText.Contains(uid.ToString(), StringComparison.Ordinal);

    /// <summary>What the evaluator says of one request.</summary>
    public SmallVerdict Evaluate(Request request, EntityStore store)
    {
        bool? first = false;
        var (permitsA, forbidsA, permitsB, forbidsB) = (false, false, false, false);
        foreach (var outcome in _all.Evaluate(request, store).All)
        {
            var policy = outcome.Policy;
            if (policy.Id == First.Id)
            {
                first = outcome.IsSatisfied ? true : null;
            }

            var (isA, isPermit) = (policy.Id[0] == 'a', policy.Effect == Effect.Permit);
            permitsA |= outcome.IsSatisfied && isA && isPermit;
            forbidsA |= outcome.IsSatisfied && isA && !isPermit;
            permitsB |= outcome.IsSatisfied && !isA && isPermit;
            forbidsB |= outcome.IsSatisfied && !isA && !isPermit;
        }

        return new(first, permitsA && !forbidsA, permitsB && !forbidsB);
    }

    public override string ToString() => $"seed {Seed}\n{Schema.Text}\n{PolicyText}";
}
