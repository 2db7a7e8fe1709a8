using Holdpoint.Agreements;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Tests.Theorems;

/// <summary>
/// The gateway decides an answer again when its signals are more; theorem T3 proves what "more" does. Both must mean the same.
/// </summary>
public sealed class SignalsOrderTests
{
    private static readonly TermFactory Terms = new();

    private static readonly TermType.Record Type = TypeOfSignals();

    private static readonly long?[] Numbers = [null, 0, 1, Count.Max];

    private static readonly string[]?[] Phrases = [null, [], ["a"], ["b"], ["a", "b"]];

    [Fact]
    public void Signals_are_covered_exactly_when_theorem_T3_takes_them_for_at_most_as_much()
    {
        var all =
            from persons in Numbers
            from records in Numbers
            from locations in Numbers
            from phrases in Phrases
            select new Signals(persons, records, locations, phrases is null ? null : [.. phrases]);
        var random = new Random(1);
        Signals[] signals = [.. all];

        for (var i = 0; i < 20_000; i++)
        {
            var (less, more) = (signals[random.Next(signals.Length)], signals[random.Next(signals.Length)]);
            var isAtMost = new SituationRules(Terms).IsAtMost(TermOf(less), TermOf(more));

            Assert.Equal(more.Covers(less), isAtMost.IsTrue);
            Assert.NotEqual(isAtMost.IsTrue, isAtMost.IsFalse);
        }
    }

    [Fact]
    public void The_vocabulary_has_the_signals_that_the_record_has() =>
        Assert.Equal(
            Type.Fields.Select(f => f.Name).Order(StringComparer.Ordinal),
            typeof(Signals).GetProperties().Where(p => p.GetMethod is { IsStatic: false })
                .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])
                .Order(StringComparer.Ordinal));

    private static Term TermOf(Signals signals)
    {
        var situation = new Situation(ContentFacts.Unattested(0, 0), ExposureCounts.None) { Signals = signals };
        var context = new ContextBuffer();
        Assert.True(new SituationContext(Vocabulary.BuiltIn, [], []).TryWrite(situation, suspended: false, context));
        var written = context.Signals.ToRecord();
        return Terms.Record(Type, [.. Type.Fields.Select(f => FieldOf(written, f.Name, ((TermType.OptionOf)f.Type).Inner))]);
    }

    private static Term FieldOf(RecordValue signals, string name, TermType type) =>
        signals.TryGetValue(name, out var value) ? Terms.Option(Terms.True, Terms.Constant(value, type)) : Terms.None(type);

    private static TermType.Record TypeOfSignals()
    {
        var schema = Vocabulary.BuiltIn.Schema;
        var invoke = schema.Actions.Single(a => a.Key.Id == "invoke").Value;
        var situation = (TermType.Record)new SymbolicTypes(schema).Of(invoke.Context);
        return (TermType.Record)situation.Fields.Single(f => f.Name == "signals").Type;
    }
}
