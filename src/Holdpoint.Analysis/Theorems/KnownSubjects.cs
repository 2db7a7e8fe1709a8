using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.SmtLib;
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

    public ImmutableArray<Wish<Term>> Wishes(SymbolicStore store, SymbolicRequest request)
    {
        if (!SituationRules.Apply(request))
        {
            return [];
        }

        return
        [
            new([.. Deployments.Select(d => IsOnlyOf(d.Deployment, d.Customer))]),
            new(request.Environment.ResourceType.AncestorTypes.IsEmpty
                ? []
                : [.. Providers.Select(p => IsOnlyIn(request.Resource, "Provider", p, Providers))]),
        ];

        Term IsOnlyOf(string deployment, string customer) => store.Terms.And(
            IsOnlyIn(request.Principal, "Deployment", deployment, Deployments.Select(d => d.Deployment)),
            IsOnlyIn(request.Principal, "Customer", customer, Deployments.Select(d => d.Customer)),
            IsIn(Constant("Deployment", deployment), "Customer", customer));

        Term IsOnlyIn(Term entity, string type, string id, IEnumerable<string> all) =>
            store.Terms.And(
                [IsIn(entity, type, id), .. all.Where(other => other != id).Select(other => store.Terms.Not(IsIn(entity, type, other)))]);

        Term IsIn(Term entity, string type, string id) =>
            store.AncestorsOf(entity, Prefix + type) is { } ancestors
                ? store.Terms.Member(Constant(type, id), ancestors)
                : store.Terms.False;

        Term Constant(string type, string id) =>
            store.Terms.Constant(Value.Of(new EntityUid(Prefix + type, id)), store.Types.OfEntity(Prefix + type));
    }
}
