using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Why the answer is not the model's: a fault that has yet to be recorded, or a decision that is.</summary>
internal abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>A fault of the request, of the upstream or of ours. Not yet recorded.</summary>
    public sealed record ByFault(WireFault Fault) : Refusal;

    /// <summary>A refusal or a hold that the agreement decided, with its record.</summary>
    public sealed record ByDecision(Decision Decision, long Record) : Refusal;

    public static implicit operator Refusal(WireFault fault) => new ByFault(fault);

    /// <summary>What the client is told about a decision.</summary>
    public static WireError ErrorOf(ByDecision refusal, BundleDigest bundle)
    {
        var decision = refusal.Decision;
        var titles = string.Join("; ", decision.Reasons.Select(clause => clause.Title));
        var clauses = decision.Reasons.Select(clause => new RulingClause(clause.Id.ToString(), clause.Title)).ToImmutableArray();
        return decision.Verdict switch
        {
            Verdict.Hold hold => new(
                StatusCodes.Status403Forbidden,
                Causes.NeedsApproval,
                $"Held by the agreement until people have approved it ({hold.Needs}): {titles}.",
                new("hold", refusal.Record, bundle.ToString(), clauses, new([.. hold.Needs.Select(seat => seat.ToString())]))),
            Verdict.Refuse refuse => new(
                StatusCodes.Status403Forbidden,
                refuse.Cause.Code,
                titles.Length > 0 ? $"Refused by the agreement: {titles}." : "Refused: nothing in the agreement permits this.",
                new("refuse", refusal.Record, bundle.ToString(), clauses)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
