using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Theorems;

/// <summary>
/// The shape of a situation as the vocabulary declares it, where the proofs need to know more of it than its types: the invariants that
/// its constructor asserts (docs/reference/vocabulary.md), what is claimed, and what counts as more.
/// </summary>
internal sealed class SituationRules(TermFactory terms)
{
    private static readonly string[] ContentSets = ["origins", "jurisdictions", "acquisitions", "consents", "classes", "issuers"];

    /// <summary>Whether requests of an environment have situations: those of the actions that Holdpoint itself declares.</summary>
    public static bool Apply(SymbolicRequest request) => request.Environment.Action.Uid.Type == $"{Vocabulary.Namespace}::Action";

    /// <summary>What is true of every valid situation.</summary>
    public Term Invariants(SymbolicRequest request) =>
        Apply(request) ? terms.And(terms.And(Counts(request.Context)), ContentIsWhole(Part(request, "content"))) : terms.True;

    /// <summary>The same request with nothing claimed.</summary>
    public SymbolicRequest WithoutClaims(SymbolicRequest request)
    {
        var claimed = (TermType.Record)Part(request, "claimed").Type;
        return With(
            request, "claimed", terms.Record(claimed, [.. claimed.Fields.Select(f => terms.None(((TermType.OptionOf)f.Type).Inner))]));
    }

    /// <summary>
    /// The same request with other signals, counts and exposure, each at least as much: absent ≤ present, false ≤ true, numbers, subsets.
    /// </summary>
    public (SymbolicRequest Request, Term IsMore) Raised(SymbolicRequest request)
    {
        var raised = request;
        var fresh = Renamed(request.Context, "raised ");
        List<Term> more = [];
        foreach (var name in (string[])["signals", "exposure"])
        {
            var (before, after) = (Part(request, name), TermFactory.Field(fresh, name)!);
            more.Add(IsAtMost(before, after));
            raised = With(raised, name, after);
        }

        // Of the content only the counts: which sets of facts are worse is for the clauses to say.
        var (content, other) = (Part(request, "content"), TermFactory.Field(fresh, "content")!);
        foreach (var (name, _) in ((TermType.Record)content.Type).Fields.Where(f => f.Type == TermType.Long))
        {
            more.Add(IsAtMost(TermFactory.Field(content, name)!, TermFactory.Field(other, name)!));
            content = Replace(content, name, TermFactory.Field(other, name)!);
        }

        return (With(raised, "content", content), terms.And(more));
    }

    /// <summary>Whether a seat is filled.</summary>
    public Term IsFilled(SymbolicStore store, SymbolicRequest request, Seat seat)
    {
        const string Type = $"{Vocabulary.Namespace}::Seat";
        var uid = Policy.Value.Of(new Policy.EntityUid(Type, seat.ToString()));
        return terms.Member(terms.Constant(uid, store.Types.OfEntity(Type)), Part(request, "seats"));
    }

    private Term ContentIsWhole(Term content)
    {
        Term[] empty = [.. ContentSets.Select(name => terms.IsEmpty(TermFactory.Field(content, name)!))];
        return terms.And(
            [
                .. empty.Skip(1).Select(e => terms.Equal(e, empty[0])),
                terms.Implies(empty[0], terms.Equal(TermFactory.Field(content, "subjects")!, terms.Zero)),
            ]);
    }

    /// <summary>Every number of a situation is a count, in 0…<see cref="Count.Max"/>.</summary>
    private IEnumerable<Term> Counts(Term part) =>
        part.Op is TermOp.Record or TermOp.Option ? part.Arguments.SelectMany(Counts)
        : part.Type == TermType.Long ? [terms.LessOrEqual(terms.Zero, part), terms.LessOrEqual(part, terms.Constant(Count.Max))]
        : [];

    internal Term IsAtMost(Term less, Term more) => less.Type switch
    {
        TermType.Record => terms.And([.. less.Arguments.Zip(more.Arguments, IsAtMost)]),
        TermType.OptionOf => terms.Implies(less.Arguments[0], terms.And(more.Arguments[0], IsAtMost(less.Arguments[1], more.Arguments[1]))),
        TermType.SetOf => terms.Subset(less, more),
        _ when less.Type == TermType.Long => terms.LessOrEqual(less, more),
        _ when less.Type == TermType.Boolean => terms.Implies(less, more),
        _ => terms.Equal(less, more),
    };

    private Term Renamed(Term part, string prefix) => part.Op switch
    {
        TermOp.Record => terms.Record((TermType.Record)part.Type, [.. part.Arguments.Select(a => Renamed(a, prefix))]),
        TermOp.Option => terms.Option(Renamed(part.Arguments[0], prefix), Renamed(part.Arguments[1], prefix)),
        TermOp.Variable => terms.Variable(prefix + part.Content, part.Type),
        _ => part,
    };

    private static Term Part(SymbolicRequest request, string name) =>
        TermFactory.Field(request.Context, name) ?? throw new InvalidOperationException($"A situation has no `{name}`.");

    private SymbolicRequest With(SymbolicRequest request, string name, Term part) =>
        request with { Context = Replace(request.Context, name, part) };

    private Term Replace(Term record, string name, Term part)
    {
        var type = (TermType.Record)record.Type;
        ImmutableArray<Term> fields = [.. type.Fields.Select((f, i) => f.Name == name ? part : record.Arguments[i])];
        return terms.Record(type, fields);
    }
}
