using System.Collections.Immutable;
using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.SmtLib;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Theorems;

/// <summary>One kind of request, on which clauses are looked at together. Not thread-safe.</summary>
internal sealed class Stage
{
    private readonly TypedClauses _typed;
    private readonly Dictionary<(SymbolicRequest, string, bool), SymbolicPolicy> _compiled = [];

    public Stage(CedarSchema schema, RequestEnvironment environment, TypedClauses typed)
    {
        _typed = typed;
        Terms = new TermFactory();
        Store = new SymbolicStore(Terms, schema);
        Rules = new SituationRules(Terms);
        Request = SymbolicRequest.Any(Store, environment);
        Valid = Rules.Invariants(Request);
    }

    public TermFactory Terms { get; }

    public SymbolicStore Store { get; }

    public SituationRules Rules { get; }

    /// <summary>Any request of the kind.</summary>
    public SymbolicRequest Request { get; }

    /// <summary>Whether <see cref="Request"/> is valid.</summary>
    public Term Valid { get; }

    /// <summary>Whom a witness had best be about.</summary>
    public KnownSubjects Known { get; init; } = KnownSubjects.None;

    public ImmutableArray<Wish<Term>> Wishes => Known.Wishes(Store, Request);

    /// <summary>What clauses do on a request, as written.</summary>
    public ImmutableArray<ClauseFacts> Facts(IEnumerable<AnalysedClause> clauses, SymbolicRequest? request = null) =>
    [
        .. clauses.Select(c => new ClauseFacts(
            c, [.. c.Policies.Select(p => new PolicyFact(p, Compile(p.Written, isLoaded: false, request ?? Request)))])),
    ];

    /// <summary>What a policy does on the request as loading made it.</summary>
    public SymbolicPolicy Loaded(AnalysedPolicy policy) => Compile(policy.Loaded, isLoaded: true, Request);

    /// <summary>Makes a question while no other thread uses the terms of this stage.</summary>
    public Question Make(Func<Stage, Question> make)
    {
        lock (Terms)
        {
            return make(this);
        }
    }

    /// <summary>A question about the request.</summary>
    public Question Ask(IEnumerable<SymbolicPolicy> policies, params ImmutableArray<Term> required) =>
        new(Store, [Valid, .. required], [new(Request, [.. policies.DistinctBy(p => p.Policy.Id)])]) { Wishes = Wishes };

    private SymbolicPolicy Compile(Policy.Policy policy, bool isLoaded, SymbolicRequest request)
    {
        var key = (request, policy.Id, isLoaded);
        if (!_compiled.TryGetValue(key, out var known) || !ReferenceEquals(known.Policy, policy))
        {
            known = new PolicyCompiler(Store, request).Compile(_typed.Of(policy, request.Environment));
            _compiled[key] = known;
        }

        return known;
    }
}
