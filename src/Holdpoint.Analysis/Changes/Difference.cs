using System.Collections.Immutable;

namespace Holdpoint.Analysis.Changes;

/// <summary>All ways in which requests fare differently under two versions of an agreement.</summary>
/// <param name="Changes">One example of each way, by clause; those that loosen first.</param>
/// <param name="NotProved">Where it is not known whether there are more; empty when everything is known.</param>
public sealed record Difference(ImmutableArray<Change> Changes, ImmutableArray<string> NotProved)
{
    /// <summary>Whether it is proved that every request fares as before.</summary>
    public bool IsNothing => Changes.IsEmpty && NotProved.IsEmpty;

    /// <summary>Whether it is proved that no request needs less than before: theorem 7.</summary>
    public bool IsTightening => NotProved.IsEmpty && !Changes.Any(c => c.IsLooser && c.StoppedBy.IsEmpty);
}
