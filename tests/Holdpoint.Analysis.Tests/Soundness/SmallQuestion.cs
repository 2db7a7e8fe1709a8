using System.Collections.Immutable;
using Holdpoint.Analysis.Questions;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>A question about a <see cref="SmallCase"/>, once for the analysis and once for a single request.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="AskAsync">Asks the analysis.</param>
/// <param name="IsRefutedBy">Whether one request shows that it is not so.</param>
internal sealed record SmallQuestion(
    string Name, Func<PolicyAnalysis, SmallCase, CancellationToken, Task<Conclusion>> AskAsync, Func<SmallVerdict, bool> IsRefutedBy)
{
    public static ImmutableArray<SmallQuestion> All { get; } =
    [
        new("never errs", (analysis, c, cancellation) => analysis.NeverErrsAsync(c.First, cancellation), v => v.First is null),
        new("always matches", (analysis, c, cancellation) => analysis.AlwaysMatchesAsync(c.First, cancellation), v => v.First is not true),
        new("never matches", (analysis, c, cancellation) => analysis.NeverMatchesAsync(c.First, cancellation), v => v.First is true),
        new("equivalent", (analysis, c, cancellation) => analysis.AreEquivalentAsync(c.A, c.B, cancellation), v => v.A != v.B),
        new("implies", (analysis, c, cancellation) => analysis.ImpliesAsync(c.A, c.B, cancellation), v => v.A && !v.B),
        new("disjoint", (analysis, c, cancellation) => analysis.AreDisjointAsync(c.A, c.B, cancellation), v => v.A && v.B),
    ];
}
