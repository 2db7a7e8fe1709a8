namespace Holdpoint.Agreements;

/// <summary>
/// All that a decision is made on, apart from who wants to do what. What is proved, what is said (<see cref="Claimed"/>) and what is
/// guessed (<see cref="Signals"/>) are kept apart. Immutable; the parts assert their own invariants and saturate their counts.
/// </summary>
/// <param name="Content">What the bytes are, from verified statements.</param>
/// <param name="Exposure">What has been seen, this call included.</param>
public sealed record Situation(ContentFacts Content, ExposureCounts Exposure)
{
    /// <summary>The environment of a deployment that has proved none, and the default: <c>unattested</c>.</summary>
    public const string UnattestedEnvironment = "unattested";

    /// <summary>
    /// Where the deployment runs, proved by a statement and a key; a value that the vocabulary does not list counts as unattested.
    /// </summary>
    public string Environment { get; init; } = UnattestedEnvironment;

    /// <summary>Whether the deployment is suspended by the operator; one that the agreement suspends is suspended anyway.</summary>
    public bool Suspended { get; init; }

    /// <summary>
    /// What the answer is for, from verified evidence only; a value that the vocabulary does not list is decided on as <c>unknown</c>.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>The legal authority, from verified evidence only.</summary>
    public ProvedAuthority? Authority { get; init; }

    /// <summary>Seats that distinct people have filled for this call; read only by what loading adds to clauses that hold.</summary>
    public Seats FilledSeats { get; init; } = Seats.None;

    /// <summary>What the caller says.</summary>
    public Claimed Claimed { get; init; } = Claimed.None;

    /// <summary>What detectors think they see.</summary>
    public Signals Signals { get; init; } = Signals.None;
}
