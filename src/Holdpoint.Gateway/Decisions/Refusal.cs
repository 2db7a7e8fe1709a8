using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Holds;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Why the answer is not the model's: a fault that has yet to be recorded, or a decision that is.</summary>
internal abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>A fault of the request, of the upstream or of ours. Not yet recorded.</summary>
    public sealed record ByFault(Fault Fault) : Refusal;

    /// <summary>A refusal that the agreement decided, with its record.</summary>
    public sealed record ByDecision(Decision Decision, long Record) : Refusal;

    /// <summary>A hold that people have yet to approve, with the record of this call's meeting it.</summary>
    public sealed record ByHold(Hold Hold, ImmutableArray<Clause> Reasons, long Record) : Refusal;

    /// <summary>The answer has to be held. Not yet recorded: first all of it is kept, then the hold and its record are made together.</summary>
    public sealed record OfAnswer(PendingHold Pending) : Refusal;

    public static implicit operator Refusal(Fault fault) => new ByFault(fault);

    /// <summary>What the client is told about a decision.</summary>
    public static WireError ErrorOf(ByDecision refusal, BundleDigest bundle)
    {
        var decision = refusal.Decision;
        var titles = TitlesOf(decision.Reasons);
        return decision.Verdict switch
        {
            Verdict.Refuse refuse => new(
                StatusCodes.Status403Forbidden,
                refuse.Cause.Code,
                titles.Length > 0 ? $"Refused by the agreement: {titles}." : "Refused: nothing in the agreement permits this.",
                new("refuse", refusal.Record, bundle.ToString(), NamesOf(decision.Reasons))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What the client is told about a hold.</summary>
    public static WireError ErrorOf(ByHold held, BundleDigest bundle)
    {
        var hold = held.Hold;
        return new(
            StatusCodes.Status403Forbidden,
            Causes.NeedsApproval,
            $"Held by the agreement until people have approved it ({hold.Needs}): {TitlesOf(held.Reasons)}. "
                + $"Once they have, send the same request again with the header {HoldpointHeaders.Hold}: {hold.Id}",
            new(
                "hold", held.Record, bundle.ToString(), NamesOf(held.Reasons),
                new([.. hold.Needs.Select(seat => seat.ToString())], hold.Id.ToString(), hold.Expires)));
    }

    private static string TitlesOf(ImmutableArray<Clause> clauses) => string.Join("; ", clauses.Select(clause => clause.Title));

    private static ImmutableArray<RulingClause> NamesOf(ImmutableArray<Clause> clauses) =>
        [.. clauses.Select(clause => new RulingClause(clause.Id.ToString(), clause.Title))];
}
