using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

/// <summary>The answer of the book of holds to a request. Closed: every case is declared here.</summary>
internal abstract record HoldOutcome
{
    private HoldOutcome()
    {
    }

    /// <summary>Nothing holds the request.</summary>
    public sealed record Free : HoldOutcome
    {
        public static Free Instance { get; } = new();
    }

    /// <summary>People have approved it; whoever gets the release disposes it.</summary>
    public sealed record Approved(HoldRelease Release) : HoldOutcome;

    /// <summary>The request waits for people, and that is recorded.</summary>
    /// <param name="Hold">The hold that was opened or joined.</param>
    /// <param name="Reasons">The clauses that hold it.</param>
    /// <param name="Record">Index of the record of this request's meeting the hold.</param>
    public sealed record Held(Hold Hold, ImmutableArray<Clause> Reasons, long Record) : HoldOutcome;

    /// <summary>The hold cannot be used. Not yet recorded.</summary>
    public sealed record Faulted(Fault Fault) : HoldOutcome;

    public static implicit operator HoldOutcome(Fault fault) => new Faulted(fault);
}
