namespace Holdpoint.Agreements;

/// <summary>
/// The facts that a decision is made on, apart from the subject. Proved facts, claims (<see cref="Claimed"/>) and guesses
/// (<see cref="Signals"/>) are kept apart. Immutable; the parts assert their own invariants and saturate their counts.
/// </summary>
/// <param name="Content">The provenance of the content, from verified statements.</param>
/// <param name="Exposure">The exposure so far, this call included.</param>
public sealed record Situation(ContentFacts Content, ExposureCounts Exposure)
{
    /// <summary>The environment of a deployment that has proved none, and the default: <c>unattested</c>.</summary>
    public const string UnattestedEnvironment = "unattested";

    /// <summary>
    /// The environment of the deployment, proved by a statement and a key; a value that the vocabulary does not list counts as unattested.
    /// </summary>
    public string Environment { get; init; } = UnattestedEnvironment;

    /// <summary>Whether the operator suspends the deployment; a deployment that the agreement suspends is suspended anyway.</summary>
    public bool Suspended { get; init; }

    /// <summary>
    /// The purpose of the answer, from verified evidence only; a value that the vocabulary does not list is decided on as <c>unknown</c>.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>The legal authority, from verified evidence only.</summary>
    public ProvedAuthority? Authority { get; init; }

    /// <summary>
    /// The seats that distinct people have filled for this call; only the loader's addition to clauses that hold reads them.
    /// </summary>
    public Seats FilledSeats { get; init; } = Seats.None;

    /// <summary>The caller's claims.</summary>
    public Claimed Claimed { get; init; } = Claimed.None;

    /// <summary>The findings of detectors.</summary>
    public Signals Signals { get; init; } = Signals.None;
}
