using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>
/// Provenance of all content of a call, worst case. The sets hold every value that statements about attested and recognised bytes
/// give, with <c>unknown</c> where a statement is silent. A value that the vocabulary does not list is decided on as <c>unknown</c>.
/// </summary>
/// <remarks>
/// Invariants, published in <c>docs/reference/vocabulary.md</c> and assumed by the proofs: the six sets are all empty (no byte is covered
/// by a statement) or all non-empty; <see cref="Subjects"/> is 0 when they are empty; counts are in 0…<see cref="Count.Max"/>.
/// </remarks>
public sealed record ContentFacts
{
    /// <exception cref="ArgumentException">An invariant does not hold: a bug of the caller, so there is nothing to decide on.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <param name="origins">Whether the people are in the country.</param>
    /// <param name="jurisdictions">The jurisdictions whose law the data came under.</param>
    /// <param name="acquisitions">The ways in which the customer acquired the data.</param>
    /// <param name="consents">The consents that the people gave.</param>
    /// <param name="classes">The kinds of data.</param>
    /// <param name="issuers">The issuers that vouch for the data, by their names in the agreement.</param>
    /// <param name="subjects">
    /// The number of persons that the datasets behind those bytes are about; <see cref="Count.Max"/> where a statement does not say.
    /// </param>
    /// <param name="unattestedBytes">The number of bytes that no statement covers.</param>
    /// <param name="unattestedPersons">The number of persons found in the unattested bytes.</param>
    public ContentFacts(
        ImmutableHashSet<string> origins,
        ImmutableHashSet<string> jurisdictions,
        ImmutableHashSet<string> acquisitions,
        ImmutableHashSet<string> consents,
        ImmutableHashSet<string> classes,
        ImmutableHashSet<string> issuers,
        long subjects,
        long unattestedBytes,
        long unattestedPersons)
    {
        var empty = issuers.IsEmpty;
        if (origins.IsEmpty != empty || jurisdictions.IsEmpty != empty || acquisitions.IsEmpty != empty
            || consents.IsEmpty != empty || classes.IsEmpty != empty)
        {
            throw new ArgumentException("Statements cover bytes or they do not: the sets are all empty or all non-empty.", nameof(issuers));
        }

        if (empty && subjects != 0)
        {
            throw new ArgumentException("No statement covers a byte, so there are no subjects.", nameof(subjects));
        }

        Origins = origins;
        Jurisdictions = jurisdictions;
        Acquisitions = acquisitions;
        Consents = consents;
        Classes = classes;
        Issuers = issuers;
        Subjects = Count.Saturate(subjects);
        UnattestedBytes = Count.Saturate(unattestedBytes);
        UnattestedPersons = Count.Saturate(unattestedPersons);
    }

    /// <summary>Whether the people are in the country.</summary>
    public ImmutableHashSet<string> Origins { get; }

    /// <summary>The jurisdictions whose law the data came under.</summary>
    public ImmutableHashSet<string> Jurisdictions { get; }

    /// <summary>The ways in which the customer acquired the data.</summary>
    public ImmutableHashSet<string> Acquisitions { get; }

    /// <summary>The consents that the people gave.</summary>
    public ImmutableHashSet<string> Consents { get; }

    /// <summary>The kinds of data.</summary>
    public ImmutableHashSet<string> Classes { get; }

    /// <summary>The issuers that vouch for the data.</summary>
    public ImmutableHashSet<string> Issuers { get; }

    /// <summary>The number of persons that the datasets behind attested and recognised bytes are about.</summary>
    public long Subjects { get; }

    /// <summary>The number of bytes that no statement covers, a person's own instructions included.</summary>
    public long UnattestedBytes { get; }

    /// <summary>The number of persons found in the unattested bytes.</summary>
    public long UnattestedPersons { get; }

    /// <summary>Content of which no byte is covered by a statement.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static ContentFacts Unattested(long bytes, long persons) => new([], [], [], [], [], [], 0, bytes, persons);
}
