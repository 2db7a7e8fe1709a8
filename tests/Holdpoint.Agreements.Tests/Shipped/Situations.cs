using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Holdpoint.Agreements.Tests.Shipped;

/// <summary>
/// Generated situations for the shipped agreement: every value of the vocabulary, and counts on both sides of its limits.
/// </summary>
internal static class Situations
{
    private static readonly long[] Edges =
        [0, 1, 5, 6, 10, 11, 100, 101, 1000, 1001, 10_000, 10_001, 100_000, 100_001, 262_144, 262_145, Count.Max];

    // Most of a situation is harmless, so that the one thing in it that is not decides.
    private static readonly Gen<long> AnyCount =
        Gen.Frequency((6, Gen.Constant(0L)), (1, Gen.Elements(1L, 5L)), (2, Gen.Elements(Edges)));

    public static Gen<Subject> AnySubject { get; } =
        from deployment in Gen.Frequency((4, Gen.Constant("analysts-cloud")), (1, Gen.Elements("casework-onprem", "field-edge")))
        from model in Gen.Elements(("echo", "echo"), ("gpt-5", "openai"), ("claude-opus", "anthropic"), ("local-7b", "local"))
        from effect in Gen.Elements("none", "inform", "consequential", "kinetic")
        from act in Gen.Elements(true, false)
        select act
            ? (Subject)new Subject.Act(deployment, "analyst-7", "tool", new EffectClass(effect))
            : new Subject.Invoke(deployment, "analyst-7", model.Item1, model.Item2);

    public static Gen<Claimed> AnyClaims { get; } =
        from purpose in Optional("Purpose")
        from origin in Optional("Origin")
        from jurisdiction in Optional("Jurisdiction")
        from acquisition in Optional("Acquisition")
        from consent in Optional("Consent")
        from environment in Optional("Environment")
        from authority in Optional("LegalBasis")
        from hasClasses in Gen.Elements(true, false)
        from classes in SetOf("DataClass", atLeast: 0)
        from human in Gen.Elements(null, true, (bool?)false)
        select new Claimed(purpose, origin, jurisdiction, acquisition, consent, hasClasses ? classes : null, environment, authority, human);

    public static Gen<Situation> AnySituation { get; } =
        from attested in Gen.Elements(true, true, false)
        from origins in SetOf("Origin")
        from jurisdictions in SetOf("Jurisdiction")
        from acquisitions in SetOf("Acquisition")
        from consents in SetOf("Consent")
        from classes in SetOf("DataClass")
        from counts in AnyCount.ArrayOf(6)
        from environment in Gen.Elements(Vocabulary.BuiltIn.ValuesOf("Environment").ToArray())
        from suspended in Gen.Frequency((19, Gen.Constant(false)), (1, Gen.Constant(true)))
        from purpose in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Optional("Purpose")))
        from authority in Gen.Frequency(
            (2, Gen.Constant<ProvedAuthority?>(null)),
            (2, Gen.Elements(Vocabulary.BuiltIn.ValuesOf("LegalBasis").ToArray())
                .SelectMany(basis => Gen.Elements(true, false).Select(covers => (ProvedAuthority?)new ProvedAuthority(basis, covers)))))
        from signals in AnySignals()
        from claimed in Gen.Frequency((4, Gen.Constant(Claimed.None)), (1, AnyClaims))
        select new Situation(
            attested
                ? new ContentFacts(
                    origins, jurisdictions, acquisitions, consents, classes, [ShippedAgreement.Issuer], counts[0], counts[1], counts[2])
                : ContentFacts.Unattested(counts[1], counts[2]),
            new ExposureCounts(counts[3], counts[4], counts[5]))
        {
            Environment = environment,
            Suspended = suspended,
            Purpose = purpose,
            Authority = authority,
            Signals = signals,
            Claimed = claimed,
        };

    /// <summary>A situation in which nothing is proved otherwise, and counts, exposure and signals are at least as high.</summary>
    public static Gen<Situation> Raised(Situation low) =>
        from more in AnyCount.ArrayOf(6)
        from signals in AnySignals()
        let content = low.Content
        select low with
        {
            Content = new ContentFacts(
                content.Origins, content.Jurisdictions, content.Acquisitions, content.Consents, content.Classes, content.Issuers,
                content.Issuers.IsEmpty ? 0 : content.Subjects + more[0],
                content.UnattestedBytes + more[1], content.UnattestedPersons + more[2]),
            Exposure = new ExposureCounts(
                low.Exposure.Persons + more[3], low.Exposure.Records + more[4], low.Exposure.Locations + more[5]),
            Signals = new Signals(
                Most(low.Signals.Persons, signals.Persons),
                Most(low.Signals.Records, signals.Records),
                Most(low.Signals.Locations, signals.Locations),
                low.Signals.Phrases is null ? signals.Phrases : low.Signals.Phrases.Union(signals.Phrases ?? [])),
        };

    private static Gen<Signals> AnySignals() =>
        from persons in OptionalCount()
        from records in OptionalCount()
        from locations in OptionalCount()
        from phrases in Gen.Frequency(
            (6, Gen.Constant<ImmutableHashSet<string>?>(null)),
            (1, Gen.SubListOf("pattern-of-life", "weapons-release", "offensive-cyber")
                .Select(names => (ImmutableHashSet<string>?)[.. names])))
        select new Signals(persons, records, locations, phrases);

    private static Gen<long?> OptionalCount() =>
        Gen.Frequency((2, Gen.Constant<long?>(null)), (1, AnyCount.Select(count => (long?)count)));

    private static Gen<string?> Optional(string list) =>
        Gen.Frequency(
            (3, Gen.Constant<string?>(null)),
            (2, Gen.Elements(Vocabulary.BuiltIn.ValuesOf(list).ToArray()).Select(value => (string?)value)));

    private static Gen<ImmutableHashSet<string>> SetOf(string list, int atLeast = 1) =>
        Gen.Elements(Vocabulary.BuiltIn.ValuesOf(list).ToArray())
            .ListOf()
            .SelectMany(values => Gen.Elements(1, 1, 1, 3).Select(most => values.Take(most).ToImmutableHashSet()))
            .Where(values => values.Count >= atLeast);

    private static long? Most(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
