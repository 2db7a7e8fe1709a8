using System.Collections.Immutable;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Analysis.Questions;

/// <summary>
/// Answers questions about plain Cedar policies, for all requests and all stores that a schema allows; stores are closed, so every entity
/// that is named exists. Policies have to be strictly valid; of others nothing is known. Thread-safe; the solvers are shared.
/// </summary>
public sealed class PolicyAnalysis(CedarSchema schema, SolverPool solvers)
{
    /// <summary>The policy errs on no request.</summary>
    public Task<Conclusion> NeverErrsAsync(Policy.Policy policy, CancellationToken cancellation = default) =>
        AskAsync([policy], (_, p) => p[0].Errs, cancellation);

    /// <summary>The policy applies to every request.</summary>
    public Task<Conclusion> AlwaysMatchesAsync(Policy.Policy policy, CancellationToken cancellation = default) =>
        AskAsync([policy], (t, p) => t.Not(p[0].Matches), cancellation);

    /// <summary>The policy applies to no request.</summary>
    public Task<Conclusion> NeverMatchesAsync(Policy.Policy policy, CancellationToken cancellation = default) =>
        AskAsync([policy], (_, p) => p[0].Matches, cancellation);

    /// <summary>Two policies apply to the same requests. They need different ids.</summary>
    public Task<Conclusion> MatchEquallyAsync(Policy.Policy a, Policy.Policy b, CancellationToken cancellation = default) =>
        AskAsync([a, b], (t, p) => t.Not(t.Equal(p[0].Matches, p[1].Matches)), cancellation);

    /// <summary>Where the first policy applies, the second does. They need different ids.</summary>
    public Task<Conclusion> MatchImpliesAsync(Policy.Policy a, Policy.Policy b, CancellationToken cancellation = default) =>
        AskAsync([a, b], (t, p) => t.And(p[0].Matches, t.Not(p[1].Matches)), cancellation);

    /// <summary>No request has both policies apply. They need different ids.</summary>
    public Task<Conclusion> MatchDisjointlyAsync(Policy.Policy a, Policy.Policy b, CancellationToken cancellation = default) =>
        AskAsync([a, b], (t, p) => t.And(p[0].Matches, p[1].Matches), cancellation);

    /// <summary>Two sets decide every request alike, as plain Cedar does.</summary>
    public Task<Conclusion> AreEquivalentAsync(PolicySet a, PolicySet b, CancellationToken cancellation = default) =>
        AskAsync(a, b, (t, x, y) => t.Not(t.Equal(x, y)), cancellation);

    /// <summary>
    /// What the first set allows, the second does. With the older set second this says that nothing was newly loosened, with the older set
    /// first that nothing was newly tightened; the witness is what was.
    /// </summary>
    public Task<Conclusion> ImpliesAsync(PolicySet a, PolicySet b, CancellationToken cancellation = default) =>
        AskAsync(a, b, (t, x, y) => t.And(x, t.Not(y)), cancellation);

    /// <summary>No request is allowed by both sets.</summary>
    public Task<Conclusion> AreDisjointAsync(PolicySet a, PolicySet b, CancellationToken cancellation = default) =>
        AskAsync(a, b, (t, x, y) => t.And(x, y), cancellation);

    private Task<Conclusion> AskAsync(
        PolicySet a, PolicySet b, Func<TermFactory, Term, Term, Term> violation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);

        // Both may use the same ids; the analysis needs to tell the policies apart.
        ImmutableArray<Policy.Policy> first = [.. a.Policies.Select(p => p with { Id = "a " + p.Id })];
        ImmutableArray<Policy.Policy> second = [.. b.Policies.Select(p => p with { Id = "b " + p.Id })];
        return AskAsync(
            first.AddRange(second),
            (t, p) => violation(t, Allows(t, p[..first.Length]), Allows(t, p[first.Length..])),
            cancellation);
    }

    private async Task<Conclusion> AskAsync(
        ImmutableArray<Policy.Policy> policies,
        Func<TermFactory, ImmutableArray<SymbolicPolicy>, Term> violation, CancellationToken cancellation)
    {
        ImmutableArray<TypedPolicies> typed = [.. policies.Select(p => Validator.Type(p, schema))];
        if (typed.SelectMany(t => t.Errors).FirstOrDefault() is { } error)
        {
            return new(ProofResult.Unknown, Why: $"policy `{error.PolicyId}` is not strictly valid: {error.Message}");
        }

        string? unknown = null;
        for (var i = 0; i < schema.Environments.Length; i++)
        {
            var store = new SymbolicStore(new TermFactory(), schema);
            var request = SymbolicRequest.Any(store, schema.Environments[i]);
            var compiler = new PolicyCompiler(store, request);
            ImmutableArray<SymbolicPolicy> symbolic = [.. typed.Select(t => compiler.Compile(t.ByEnvironment[i]))];
            switch (await Inquiry.AskAsync(solvers, new(store, [violation(store.Terms, symbolic)], [new(request, symbolic)]), cancellation))
            {
                case Answer.Yes(var witnesses):
                    return new(ProofResult.Refuted, witnesses[0]);
                case Answer.Unknown(var why):
                    unknown = why;
                    break;
                case Answer.Fault(var witnesses, var ids):
                    return new(
                        ProofResult.Unknown, witnesses[0], $"a fault of the analysis about {string.Join(", ", ids)}; please report it");
            }
        }

        return unknown is null ? new(ProofResult.Proved) : new(ProofResult.Unknown, Why: unknown);
    }

    private static Term Allows(TermFactory terms, IEnumerable<SymbolicPolicy> policies)
    {
        var matches = policies.ToLookup(p => p.Policy.Effect, p => p.Matches);
        return terms.And(terms.Or(matches[Effect.Permit]), terms.Not(terms.Or(matches[Effect.Forbid])));
    }
}
