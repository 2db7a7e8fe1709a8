using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Holdpoint.Analysis.Grounding;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>Turns the values that a solver printed into an interpretation of the terms as they were before they were ground.</summary>
internal sealed class ModelReader
{
    private readonly Interpretation _model = new();

    // What the ground terms are about: the predicates that sets became are in it too.
    private readonly Interpretation _ground = new();

    private readonly Dictionary<(TermType, string), Value> _individuals = [];
    private readonly HashSet<Value> _taken = [];

    private ModelReader()
    {
    }

    /// <exception cref="FormatException">A value is not of the form that its type has.</exception>
    public static Interpretation Read(SmtProblem problem, ImmutableArray<SExpr> values, ImmutableArray<SetFact> facts)
    {
        var reader = new ModelReader();
        var observed = problem.Observed.Zip(values, (o, value) => (o.Term, Value: value)).OrderBy(o => o.Term.Id).ToList();
        foreach (var (term, value) in observed.Where(o => o.Term.Op == TermOp.Constant))
        {
            reader._individuals.Add((term.Type, value.ToString()!), term.Value!);
            reader._taken.Add(term.Value!);
        }

        var atoms = facts.Select(f => f.Atom).ToHashSet();
        var truths = new Dictionary<Term, bool>();
        foreach (var (term, value) in observed.Where(o => o.Term.Op != TermOp.Constant))
        {
            if (term.Type == TermType.Boolean)
            {
                truths[term] = SmtValues.Boolean(value);
            }

            reader.Note(term, value, isAtom: atoms.Contains(term));
        }

        // Sets in sets have to be known before the sets that they are in.
        foreach (var depth in facts.GroupBy(f => Depth(f.Set.Type)).OrderBy(g => g.Key))
        {
            reader.Gather([.. depth], truths);
        }

        return reader._model;
    }

    private void Note(Term term, SExpr printed, bool isAtom)
    {
        var value = ValueOf(term.Type, printed);

        // Arguments have lower numbers than what they are arguments of, so theirs are known by now.
        var evaluator = new TermEvaluator(_ground);
        Value[] arguments = [.. term.Arguments.Select(a => evaluator.Evaluate(a)!)];
        Set(_ground, term, arguments, value);
        if (!isAtom && term.Type is not TermType.HandleOf)
        {
            Set(_model, term, arguments, value);
        }
    }

    private void Gather(ImmutableArray<SetFact> facts, Dictionary<Term, bool> truths)
    {
        var evaluator = new TermEvaluator(_ground);
        var members = facts
            .Where(f => truths.GetValueOrDefault(f.Atom))
            .Select(f => (
                f.Set,
                At: Interpretation.At(f.Set.Arguments.Select(a => evaluator.Evaluate(a)!)),
                Element: evaluator.Evaluate(f.Element)!))
            .ToList();
        foreach (var set in members.GroupBy(m => (m.Set.Content, m.At)))
        {
            var value = Value.Set(set.Select(m => m.Element));
            Value[] arguments = [.. set.Key.At.Fields.Select(f => f.Value)];
            Set(_ground, set.First().Set, arguments, value);
            Set(_model, set.First().Set, arguments, value);
        }
    }

    private static void Set(Interpretation model, Term unknown, Value[] arguments, Value value)
    {
        if (unknown.Op == TermOp.Variable)
        {
            model[(string)unknown.Content!] = value;
        }
        else
        {
            model[(FunctionSymbol)unknown.Content!, arguments] = value;
        }
    }

    private Value ValueOf(TermType type, SExpr printed) => type switch
    {
        _ when type == TermType.Boolean => Value.Of(SmtValues.Boolean(printed)),
        _ when type == TermType.Long => Value.Of(unchecked((long)(ulong)SmtValues.Bits(printed))),
        _ when type == TermType.Address => SmtValues.Address(printed),
        _ when type == TermType.String && printed is SExpr.Literal => Value.Of(SmtValues.Text(printed)),
        TermType.Enum list => list.Values[SmtValues.Member(printed)],
        TermType.HandleOf => Value.Of(printed.ToString()!),
        _ => Individual(type, printed.ToString()!),
    };

    /// <summary>
    /// The value that an element of an uninterpreted sort stands for: a constant of the query, or one that is in it nowhere.
    /// </summary>
    private Value Individual(TermType type, string printed)
    {
        if (!_individuals.TryGetValue((type, printed), out var value))
        {
            var number = 0;
            do
            {
                number++;
                value = type switch
                {
                    TermType.Entity entity => Value.Of(new EntityUid(
                        entity.Name, Named(entity.Name.Split("::")[^1].ToLowerInvariant(), number))),
                    _ when type == TermType.String => Value.Of(Named("text", number)),
                    _ => throw new UnreachableException(),
                };
            }
            while (!_taken.Add(value));

            _individuals.Add((type, printed), value);
        }

        return value;
    }

    private static string Named(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    private static int Depth(TermType type) => type switch
    {
        TermType.SetOf set => 1 + Depth(set.Element),
        TermType.Record record => record.Fields.Select(f => Depth(f.Type)).DefaultIfEmpty(0).Max(),
        TermType.OptionOf option => Depth(option.Inner),
        _ => 0,
    };
}
