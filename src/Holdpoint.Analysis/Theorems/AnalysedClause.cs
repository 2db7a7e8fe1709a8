using System.Collections.Immutable;
using Holdpoint.Agreements;

namespace Holdpoint.Analysis.Theorems;

/// <summary>A clause or red line with its policies.</summary>
internal sealed record AnalysedClause(ClauseId Id, bool IsRedLine, ImmutableArray<AnalysedPolicy> Policies)
{
    public static ImmutableArray<AnalysedClause> Of(Agreement agreement) =>
    [
        .. agreement.Loaded.Select(c => new AnalysedClause(
            c.Clause.Id, c.Clause.IsRedLine, [.. c.Policies.Select(p => new AnalysedPolicy(p.Written, p.Policy))])),
    ];

    /// <summary>Whether the two say the same, wherever their text stands.</summary>
    public bool IsSameAs(AnalysedClause other) =>
        Id == other.Id && IsRedLine == other.IsRedLine && Policies.AsSpan().SequenceEqual(other.Policies.AsSpan());
}
