using System.Collections.Immutable;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The content of a record to be written. The log is for ever and for others to read, so its fields hold only what the operator or the
/// agreement named: never a prompt, an answer, a person's name, a key, or text that a client made up. Such things go into
/// <see cref="Commitments"/>, whose content stays private and can be shredded. Empty and null fields are left out of the record.
/// </summary>
internal sealed record RecordDraft
{
    public required RecordKind Kind { get; init; }

    /// <summary>The endpoint that was called, such as <c>/v1/chat/completions</c>; never a path that a client made up.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The registered deployment; recorded as it is.</summary>
    public string? Deployment { get; init; }

    /// <summary>The principal in <see cref="Deployment"/>; recorded as a pseudonym. Needs a deployment.</summary>
    public string? Principal { get; init; }

    /// <summary>
    /// The model as the configuration names it, which can be a pattern: a name that only matches one is the client's own words.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>The tool of an effect, when the agreement registers it.</summary>
    public string? Tool { get; init; }

    /// <summary>The bundle that decided.</summary>
    public Hash? Bundle { get; init; }

    public RecordedVerdict? Verdict { get; init; }

    /// <summary>The stable code of the cause of a refusal, or of an outcome.</summary>
    public string? Cause { get; init; }

    /// <summary>Ids of the clauses that determined the verdict.</summary>
    public ImmutableArray<string> Clauses { get; init; } = [];

    /// <summary>The seats that a hold waits for, such as <c>reviewer#1</c>.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>The decision of plain Cedar, next to the gateway's verdict: true for allow. Null when nothing was evaluated.</summary>
    public bool? CedarAllows { get; init; }

    /// <summary>Ids (<c>sha256:…</c>) of the statements that the situation rests on.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>The exposure that was decided on.</summary>
    public RecordedExposure? Exposure { get; init; }

    /// <summary>The id of the hold that the record is a step of. Needs a <see cref="Step"/>.</summary>
    public string? Hold { get; init; }

    /// <summary>The event of the <see cref="Hold"/>.</summary>
    public HoldStep? Step { get; init; }

    /// <summary>The seats that the step filled, or that are filled as it releases.</summary>
    public ImmutableArray<string> Seats { get; init; } = [];

    /// <summary>
    /// The number of requests that a record of kind <see cref="RecordKind.Unidentified"/> or <see cref="RecordKind.Limited"/> counts.
    /// </summary>
    public long? Requests { get; init; }

    /// <summary>The checks of the content and their results.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>Salted commitments to private values: the digest of the body, the situation, the claims. Each name once.</summary>
    public ImmutableArray<Commitment> Commitments { get; init; } = [];

    /// <summary>Digests that need no salt because what they are of is not secret: the binary, the configuration.</summary>
    public ImmutableArray<NamedDigest> Digests { get; init; } = [];

    /// <summary>The theorems that are proved of the <see cref="Bundle"/>, such as <c>T1</c>.</summary>
    public ImmutableArray<string> Theorems { get; init; } = [];

    /// <summary>The solvers that proved them.</summary>
    public ImmutableArray<string> Solvers { get; init; } = [];

    /// <summary>Index of the record that this one continues.</summary>
    public long? About { get; init; }

    /// <summary>The HTTP status that the client got.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Not recorded: what the decision relies on. If it does not hold any more when the record's turn comes, no record is written that lets
    /// something happen (ADR 0034). Null when it relies on nothing that can go.
    /// </summary>
    public IReliance? Relies { get; init; }

    /// <summary>Whether something may happen because of the record: it is neither a refusal nor about what has happened.</summary>
    public bool LetsHappen => Kind != RecordKind.Outcome && Verdict != RecordedVerdict.Refuse;
}

/// <summary>Distinct persons, records and locations; each 0…2^40.</summary>
internal sealed record RecordedExposure(long Persons, long Records, long Locations);

/// <summary>Which content was checked, and how.</summary>
/// <param name="Parts">Number of parts.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="List">JSON: every part, by which check, with what result. Private; the record holds a commitment to it.</param>
internal sealed record Coverage(int Parts, long Bytes, ReadOnlyMemory<byte> List);

/// <summary>A public digest under a name of lower-case letters and underscores.</summary>
internal readonly record struct NamedDigest(string Name, Hash Digest);
