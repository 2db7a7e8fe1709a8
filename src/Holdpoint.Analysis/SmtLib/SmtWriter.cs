using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Holdpoint.Analysis.Grounding;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>
/// Writes a ground query as SMT-LIB. Every compound term is defined once under a name of its own, so the text grows with the number of
/// distinct terms.
/// </summary>
/// <remarks>
/// Only what z3 4.8.12 and cvc5 1.0.3 understand alike is used: overflow is said by sign extension, entities (and texts, where no
/// pattern is asked for) are uninterpreted with distinct constants, lists are data types without fields.
/// </remarks>
internal sealed partial class SmtWriter
{
    private readonly StringBuilder _sorts = new();
    private readonly StringBuilder _text = new();
    private readonly Dictionary<TermType, string> _sortNames = [];
    private readonly Dictionary<FunctionSymbol, string> _functions = [];
    private readonly Dictionary<Term, string> _names = [];
    private readonly Dictionary<TermType, List<string>> _distinct = [];
    private readonly List<(Term, string)> _observed = [];
    private readonly bool _hasPatterns;

    private SmtWriter(bool hasPatterns) => _hasPatterns = hasPatterns;

    /// <summary>The question whether all of the first <paramref name="required"/> terms can be true together.</summary>
    /// <param name="query">What <see cref="Grounder"/> made of the terms.</param>
    /// <param name="required">How many of its terms must be true; the rest are the alternatives of the wishes, in their order.</param>
    /// <param name="wishes">The wishes, as they were before they were ground.</param>
    /// <returns>Null when a text has a character that SMT-LIB's strings do not.</returns>
    public static SmtProblem? Write(GroundQuery query, int required, ImmutableArray<Wish<Term>> wishes)
    {
        var all = Reachable(query);
        var hasPatterns = all.Any(t => t.Op == TermOp.Like);
        if (hasPatterns && !all.All(CanWrite))
        {
            return null;
        }

        var writer = new SmtWriter(hasPatterns);
        string[] names = [.. query.Terms.Concat(query.Axioms).Select(writer.NameOf)];
        writer.SayWhatIsDistinct();
        for (var i = 0; i < names.Length; i++)
        {
            if (i < required || i >= query.Terms.Length)
            {
                writer._text.Append(CultureInfo.InvariantCulture, $"(assert {names[i]})\n");
            }
        }

        var named = ImmutableArray.CreateBuilder<Wish<string>>();
        var at = required;
        foreach (var wish in wishes)
        {
            named.Add(new([.. names.AsSpan(at, wish.Alternatives.Length)], wish.Spares));
            at += wish.Alternatives.Length;
        }

        return new(writer._sorts.Append(writer._text).ToString(), named.ToImmutable(), [.. writer._observed]);
    }

    private string NameOf(Term term)
    {
        if (_names.TryGetValue(term, out var known))
        {
            return known;
        }

        var name = Define(term);
        _names.Add(term, name);
        return name;
    }

    private string Define(Term term)
    {
        string[] arguments = [.. term.Arguments.Select(NameOf)];
        switch (term.Op)
        {
            case TermOp.Constant:
                return Constant(term);
            case TermOp.Variable:
                var variable = Number('v', term);
                _text.Append(CultureInfo.InvariantCulture, $"(declare-const {variable} {SortOf(term.Type)})\n");
                _observed.Add((term, variable));
                return variable;
            default:
                var name = Number('t', term);
                var body = term.Op == TermOp.Apply ? Application(term, arguments) : Body(term, arguments);
                _text.Append(CultureInfo.InvariantCulture, $"(define-fun {name} () {SortOf(term.Type)} {body})\n");
                if (term.Op == TermOp.Apply)
                {
                    _observed.Add((term, name));
                }

                return name;
        }
    }

    private string Constant(Term term)
    {
        switch (term.Value)
        {
            case BooleanValue { Value: var truth }:
                return truth ? "true" : "false";
            case LongValue { Value: var number }:
                return string.Create(CultureInfo.InvariantCulture, $"#x{number:x16}");
            case IpAddressValue address:
                _ = SortOf(term.Type);
                return Address(address);
            case StringValue { Value: var text } when _hasPatterns:
                return SmtString.Write(text);
            case EntityValue { Uid: var uid } when term.Type is TermType.Enum list:
                return $"{SortOf(list)}_{list.Ids.IndexOf(uid.Id)}";
            default:
                var (name, sort) = (Number('c', term), SortOf(term.Type));
                _sorts.Append(CultureInfo.InvariantCulture, $"(declare-const {name} {sort})\n");
                _observed.Add((term, name));
                if (!_distinct.TryGetValue(term.Type, out var others))
                {
                    _distinct.Add(term.Type, others = []);
                }

                others.Add(name);
                return name;
        }
    }

    private string Application(Term term, string[] arguments)
    {
        // An element without parts, an empty record, leaves its predicate without arguments.
        var function = FunctionOf((FunctionSymbol)term.Content!);
        return arguments.Length == 0 ? function : $"({function} {string.Join(' ', arguments)})";
    }

    private string FunctionOf(FunctionSymbol function)
    {
        if (!_functions.TryGetValue(function, out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"f{_functions.Count}");
            _functions.Add(function, name);
            _text.Append(
                CultureInfo.InvariantCulture,
                $"(declare-fun {name} ({string.Join(' ', function.Parameters.Select(SortOf))}) {SortOf(function.Result)})\n");
        }

        return name;
    }

    private void SayWhatIsDistinct()
    {
        foreach (var constants in _distinct.Values.Where(c => c.Count > 1))
        {
            _text.Append(CultureInfo.InvariantCulture, $"(assert (distinct {string.Join(' ', constants)}))\n");
        }
    }

    private static string Number(char kind, Term term) => string.Create(CultureInfo.InvariantCulture, $"{kind}{term.Id}");

    private static bool CanWrite(Term term) => term.Content switch
    {
        StringValue { Value: var text } => SmtString.CanWrite(text),
        Policy.Syntax.Pattern pattern => pattern.Segments.All(SmtString.CanWrite),
        _ => true,
    };

    private static HashSet<Term> Reachable(GroundQuery query)
    {
        var seen = new HashSet<Term>();
        var rest = new Stack<Term>(query.Terms.Concat(query.Axioms));
        while (rest.TryPop(out var term))
        {
            if (seen.Add(term))
            {
                foreach (var argument in term.Arguments)
                {
                    rest.Push(argument);
                }
            }
        }

        return seen;
    }
}
