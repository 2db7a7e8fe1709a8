using System.Collections.Immutable;
using System.Reflection;

namespace Holdpoint.Agreements.Tests.Situations;

public sealed class SignalsTests
{
    private static readonly PropertyInfo[] All =
        [.. typeof(Signals).GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.Name, StringComparer.Ordinal)];

    public static TheoryData<string> Properties => [.. All.Select(p => p.Name)];

    [Theory, MemberData(nameof(Properties))]
    public void A_signal_that_alone_is_more_is_not_covered(string name)
    {
        var property = All.Single(p => p.Name == name);
        var steps = Steps(property.PropertyType);

        // Everything else is as strong as it can be in what covers, and as weak in what is covered.
        for (var less = 0; less < steps.Length; less++)
        {
            for (var more = 0; more < steps.Length; more++)
            {
                var covering = With(Strongest(), property, steps[less]);
                var covered = With(Signals.None, property, steps[more]);
                Assert.Equal(more <= less, covering.Covers(covered));
            }
        }
    }

    [Fact]
    public void Signals_cover_themselves_and_nothing_covers_more()
    {
        Assert.True(Strongest().Covers(Strongest()));
        Assert.True(Strongest().Covers(Signals.None));
        Assert.True(Signals.None.Covers(Signals.None));
        Assert.False(Signals.None.Covers(Strongest()));
    }

    [Fact]
    public void Phrases_are_covered_as_a_set() =>
        Assert.False(new Signals(Phrases: ["a", "b"]).Covers(new Signals(Phrases: ["c"])));

    private static Signals Strongest() =>
        All.Aggregate(Signals.None, static (signals, p) => With(signals, p, Steps(p.PropertyType)[^1]));

    /// <summary>Values of a signal, each more than the one before it. A signal of another type has to be added here first.</summary>
    private static object?[] Steps(Type type) =>
        type == typeof(long?) ? [null, 0L, 1L, 1_000L, Count.Max]
        : type == typeof(ImmutableHashSet<string>)
            ? [null, ImmutableHashSet<string>.Empty, ImmutableHashSet.Create("a"), ImmutableHashSet.Create("a", "b")]
        : throw new NotSupportedException(
            $"No way to grow a signal of type {type} is known: say here which values are more, and in Covers.");

    private static Signals With(Signals signals, PropertyInfo property, object? value)
    {
        var copy = signals with { };
        property.SetValue(copy, value);
        return copy;
    }
}
