using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Theorems;

/// <summary>
/// The deployments and providers that an agreement lists. Proofs do not rest on them; a witness that is about one of them is easier to
/// understand, so that is what is wished for.
/// </summary>
internal sealed record KnownSubjects(ImmutableArray<(string Deployment, string Customer)> Deployments, ImmutableArray<string> Providers)
{
    private const string Prefix = Vocabulary.Namespace + "::";

    public static KnownSubjects None { get; } = new([], []);

    public static KnownSubjects Of(Agreement agreement) =>
        new([.. agreement.Deployments.Select(d => (d.Name, d.Customer))], [.. agreement.Providers.Select(p => p.Name)]);

    public ImmutableArray<ImmutableArray<Term>> Wishes(SymbolicStore store, SymbolicRequest request)
    {
        if (!SituationRules.Apply(request))
        {
            return [];
        }

        return
        [
            [.. Deployments.Select(d => IsOneOf(d.Deployment, d.Customer))],
            [.. Providers.Select(p => IsIn(request.Resource, "Provider", p))],
        ];

        Term IsOneOf(string deployment, string customer) => store.Terms.And(
            IsIn(request.Principal, "Deployment", deployment),
            IsIn(request.Principal, "Customer", customer),
            IsIn(Constant("Deployment", deployment), "Customer", customer));

        Term IsIn(Term entity, string type, string id) =>
            store.AncestorsOf(entity, Prefix + type) is { } ancestors ? store.Terms.Member(Constant(type, id), ancestors) : store.Terms.True;

        Term Constant(string type, string id) => store.Terms.Constant(Value.Of(new EntityUid(Prefix + type, id)), store.Types.OfEntity(Prefix + type));
    }
}
