using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The end of a request. Closed: every case is declared here, and <see cref="Boundary"/> does what is left to do for each.
/// </summary>
internal abstract record Ending
{
    private Ending()
    {
    }

    /// <summary>The model's answer, or its provider's error, has left. Its outcome is still to be recorded.</summary>
    /// <param name="Status">The HTTP status that the client got.</param>
    /// <param name="Coverage">What of the answer was screened; null when nothing was.</param>
    public sealed record Answered(int Status, Coverage? Coverage) : Ending;

    /// <summary>An answer of the gateway itself, still to be sent.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">UTF-8 JSON.</param>
    /// <param name="Record">Index of the record that permits it; null for a reading that is not recorded.</param>
    public sealed record Replied(int Status, ReadOnlyMemory<byte> Body, long? Record) : Ending
    {
        /// <summary>Whether the answer may be kept by nobody.</summary>
        public bool IsPrivate { get; init; }
    }

    /// <summary>The endpoint has sent its own answer, and nothing is to be recorded.</summary>
    public sealed record Sent : Ending
    {
        public static Sent Instance { get; } = new();
    }

    /// <summary>The agreement refuses it, and that is recorded. The client is still to be told.</summary>
    public sealed record Refused(Decision Decision, long Record) : Ending;

    /// <summary>It waits for people, and that is recorded. The client is still to be told.</summary>
    public sealed record Held(HoldOutcome.Held Hold) : Ending;

    /// <summary>A fault of the request, of the upstream or of the gateway. Still to be recorded, and the client to be told.</summary>
    public sealed record Faulted(Fault Fault) : Ending;

    public static implicit operator Ending(Fault fault) => new Faulted(fault);

    /// <summary>The end of a request that goes no further at its hold.</summary>
    public static Ending Of(HoldOutcome outcome) => outcome switch
    {
        HoldOutcome.Held held => new Held(held),
        HoldOutcome.Faulted(var fault) => new Faulted(fault),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The error that the client gets for a refusal.</summary>
    public static WireError ErrorOf(Refused refused, BundleDigest bundle)
    {
        var (decision, cause) = (refused.Decision, ((Verdict.Refuse)refused.Decision.Verdict).Cause.Code);
        var titles = TitlesOf(decision.Reasons);
        return new(
            StatusCodes.Status403Forbidden,
            cause,
            titles.Length > 0 ? $"Refused by the agreement: {titles}." : "Refused: nothing in the agreement permits this.",
            new("refuse", refused.Record, bundle.ToString(), NamesOf(decision.Reasons)));
    }

    /// <summary>The error that the client gets for a hold.</summary>
    public static WireError ErrorOf(Held held, BundleDigest bundle)
    {
        var (hold, reasons, record) = held.Hold;
        return new(
            StatusCodes.Status403Forbidden,
            HoldFaults.NeedsApproval,
            $"Held by the agreement until people have approved it ({hold.Needs}): {TitlesOf(reasons)}. "
                + $"Once they have, send the same request again with the header {HoldpointHeaders.Hold}: {hold.Id}",
            new(
                "hold", record, bundle.ToString(), NamesOf(reasons),
                new([.. hold.Needs.Select(seat => seat.ToString())], hold.Id.ToString(), hold.Expires)));
    }

    private static string TitlesOf(ImmutableArray<Clause> clauses) => string.Join("; ", clauses.Select(clause => clause.Title));

    private static ImmutableArray<ErrorClause> NamesOf(ImmutableArray<Clause> clauses) =>
        [.. clauses.Select(clause => new ErrorClause(clause.Id.ToString(), clause.Title))];
}
