using System.Collections.Immutable;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

/// <summary>
/// Rewrites terms about sets and hierarchies into terms about scalars, so that solvers need neither a theory of sets nor quantifiers,
/// and every solver gets the same text.
/// </summary>
/// <remarks>
/// An unknown set becomes a predicate of its elements. What remains are relations between whole sets: for each of them the elements that
/// the query can name are enough, together with one witness for each relation that does not hold (or does, for an intersection). That is
/// exact: a model may be cut down to those elements without changing any term, and what is left is a finite set as Cedar has them. The
/// same holds for the hierarchy: acyclic and transitive on the entities that the query can name is enough, for the others may have no
/// ancestors (the argument is that of the hierarchy enforcer in cedar-spec).
/// </remarks>
internal sealed partial class Grounder
{
    /// <summary>
    /// Most axioms in one query: 50,000. The largest of our own agreements needs some hundreds; past this the solvers would not finish, and
    /// neither would we.
    /// </summary>
    public const int MaxAxioms = 50_000;

    private readonly TermFactory _terms;
    private readonly Ancestry _ancestry;
    private readonly Dictionary<Term, Term> _ground = [];
    private readonly Dictionary<TermType, UniqueTerms> _elements = [];
    private readonly Dictionary<string, UniqueTerms> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<TermType, UniqueTerms> _handled = [];
    private readonly List<Relation> _relations = [];
    private readonly List<Term> _axioms = [];
    private readonly List<SetFact> _facts = [];

    private Grounder(TermFactory terms, Ancestry ancestry)
    {
        _terms = terms;
        _ancestry = ancestry;
    }

    /// <summary>Grounds truth terms together. Null past <see cref="MaxAxioms"/>.</summary>
    public static GroundQuery? Ground(TermFactory terms, Ancestry ancestry, IEnumerable<Term> truths)
    {
        var grounder = new Grounder(terms, ancestry);
        ImmutableArray<Term> ground = [.. truths.Select(grounder.Ground)];
        return grounder.Close() ? new(ground, [.. grounder._axioms], [.. grounder._facts]) : null;
    }

    private Term Ground(Term term)
    {
        if (_ground.TryGetValue(term, out var known))
        {
            return known;
        }

        var ground = Rewrite(term);
        _ground[term] = ground;
        return ground;
    }

    private Term Rewrite(Term term)
    {
        var a = term.Arguments;
        switch (term.Op)
        {
            case TermOp.Constant or TermOp.Variable:
                return term;
            case TermOp.Apply:
                return _terms.Apply((FunctionSymbol)term.Content!, [.. a.Select(Ground)]);
            case TermOp.Not:
                return _terms.Not(Ground(a[0]));
            case TermOp.And:
                return _terms.And(a.Select(Ground));
            case TermOp.Or:
                return _terms.Or(a.Select(Ground));
            case TermOp.Equal:
                return _terms.Equal(Ground(a[0]), Ground(a[1]));
            case TermOp.If:
                return _terms.If(Ground(a[0]), Ground(a[1]), Ground(a[2]));
            case TermOp.Member:
                return Membership(a[0], a[1]);
            case TermOp.Subset or TermOp.Intersects:
                return Relate(term);
            case TermOp.Handle:
                return HandleOf(a[0]);
            default:
                return _terms.Rebuild(term, [.. a.Select(Ground)]);
        }
    }

    private Term Membership(Term element, Term set)
    {
        Note(_elements, element.Type, element);
        var leaf = WithoutSets(set);
        if (set.Op == TermOp.Apply)
        {
            if (((FunctionSymbol)set.Content!).IsAncestry)
            {
                NoteEntity(element);
                NoteEntity(set.Arguments[0]);
            }
        }

        ImmutableArray<Term> arguments = [.. leaf.Arguments, .. Flatten(element)];
        var predicate = new FunctionSymbol($"∋ {set.Content}", [.. arguments.Select(x => x.Type)], TermType.Boolean);
        var atom = _terms.Apply(predicate, arguments);
        _facts.Add(new(leaf, WithoutSets(element), atom));
        return atom;
    }

    private Term Relate(Term relation)
    {
        var (a, b) = (relation.Arguments[0], relation.Arguments[1]);
        var element = ((TermType.SetOf)a.Type).Element;
        if (element.Values is { IsEmpty: false } values)
        {
            var each = values.Select(v => _terms.Constant(v, element)).Select(v => (_terms.Member(v, a), _terms.Member(v, b)));
            return Ground(relation.Op == TermOp.Subset
                ? _terms.And(each.Select(m => _terms.Implies(m.Item1, m.Item2)))
                : _terms.Or(each.Select(m => _terms.And(m.Item1, m.Item2))));
        }

        var holds = _terms.Variable($"holds {relation.Id}", TermType.Boolean);
        var found = new Relation(relation, holds, Unknown(element, $"witness {relation.Id}"));
        _relations.Add(found);
        Note(_elements, element, found.Witness);
        return holds;
    }

    private Term HandleOf(Term set)
    {
        Note(_handled, set.Type, set);
        return _terms.Variable($"handle {set.Id}", new TermType.HandleOf(((TermType.SetOf)set.Type).Element));
    }

    /// <summary>
    /// The scalars that an element of a set consists of. What is absent counts as one fixed value, so that equal elements look equal.
    /// </summary>
    private IEnumerable<Term> Flatten(Term element) => element.Type switch
    {
        TermType.Record => element.Arguments.SelectMany(Flatten),
        TermType.OptionOf =>
        [
            Ground(element.Arguments[0]),
            .. Flatten(element.Arguments[1]).Select(leaf => _terms.If(Ground(element.Arguments[0]), leaf, Ground(_terms.Any(leaf.Type)))),
        ],
        TermType.SetOf => [HandleOf(element)],
        _ => [Ground(element)],
    };

    /// <summary>
    /// The term with every scalar in it ground, so that its value follows from values of scalars and from sets that are in it.
    /// </summary>
    private Term WithoutSets(Term term) => (term.Op, term.Type) switch
    {
        (TermOp.Record, TermType.Record type) => _terms.Record(type, [.. term.Arguments.Select(WithoutSets)]),
        (TermOp.Option, _) => _terms.Option(Ground(term.Arguments[0]), WithoutSets(term.Arguments[1])),
        (TermOp.Set, TermType.SetOf type) => _terms.Set(type.Element, [.. term.Arguments.Select(WithoutSets)]),
        (TermOp.If, TermType.SetOf) => _terms.If(Ground(term.Arguments[0]), WithoutSets(term.Arguments[1]), WithoutSets(term.Arguments[2])),
        (TermOp.Apply, TermType.SetOf) => _terms.Apply((FunctionSymbol)term.Content!, [.. term.Arguments.Select(Ground)]),
        (_, TermType.SetOf) => term,
        _ => Ground(term),
    };

    private Term Unknown(TermType type, string name) => type switch
    {
        TermType.Record record => _terms.Record(record, [.. record.Fields.Select(f => Unknown(f.Type, $"{name}.{f.Name}"))]),
        TermType.OptionOf option => _terms.Option(_terms.Variable($"{name}?", TermType.Boolean), Unknown(option.Inner, name)),
        _ => _terms.Variable(name, type),
    };

    private void NoteEntity(Term entity)
    {
        if (entity.Type is TermType.Entity type)
        {
            Note(_entities, type.Name, entity);
        }
    }

    private static void Note<TKey>(Dictionary<TKey, UniqueTerms> notes, TKey key, Term term)
        where TKey : notnull
    {
        if (!notes.TryGetValue(key, out var known))
        {
            notes.Add(key, known = new UniqueTerms());
        }

        known.Add(term);
    }
}
