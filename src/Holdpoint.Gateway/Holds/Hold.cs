using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

/// <summary>A hold as the store knows it, apart from its content and its approvals. Immutable: a reading of one moment.</summary>
internal sealed record Hold
{
    public required HoldId Id { get; init; }

    public required HoldKind Kind { get; init; }

    public required HoldState State { get; init; }

    /// <summary>Digest of what waits, without the hold's id: equal requests have it in common.</summary>
    public required Hash Request { get; init; }

    /// <summary>The same of the call that led to it; for a call that is <see cref="Request"/>.</summary>
    public required Hash Call { get; init; }

    /// <summary>The digest of <see cref="Binding"/>: an approval names it and is signed.</summary>
    public required Hash Digest { get; init; }

    /// <summary>The <see cref="Evidence.Approvals.HoldBinding"/> in its canonical form, with the hold's id.</summary>
    public required byte[] Binding { get; init; }

    public required Seats Needs { get; init; }

    /// <summary>The clauses that hold it.</summary>
    public required ImmutableArray<string> Clauses { get; init; }

    public required string Deployment { get; init; }

    public required string Principal { get; init; }

    /// <summary>The person behind the key that opened it; null for a service.</summary>
    public string? Person { get; init; }

    public required string Endpoint { get; init; }

    /// <summary>The model as the configuration names it.</summary>
    public string? Model { get; init; }

    /// <summary>The tool that would be called, as the model or the request names it; only for an effect.</summary>
    public string? Tool { get; init; }

    /// <summary>The version of the agreement that holds it.</summary>
    public required Hash Bundle { get; init; }

    /// <summary>Index of the record of the decision that it waits under.</summary>
    public required long Record { get; init; }

    public required DateTimeOffset Opened { get; init; }

    /// <summary>First instant at which it can no longer be approved or released.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>
    /// The hold under which what waits here came about, such as the call's own; its seats stay filled for what it was about.
    /// </summary>
    public HoldId? Parent { get; init; }

    /// <summary>Whether an answer is kept, so that a release makes no new model call.</summary>
    public required bool HasAnswer { get; init; }

    /// <summary>
    /// Whether what was approved may have happened where the gateway does not see it: the request that releases it has gone, or is about
    /// to go, to a provider that runs a tool of it.
    /// </summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>Whether it can still be decided at this time, whatever the store has got round to writing.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State == HoldState.Open && now < Expires;
}
