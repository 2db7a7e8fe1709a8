using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Tests.Predicates;

public sealed class StatementFormatTests : IDisposable
{
    private const string Hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private const string Other = "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5ae65cf8a7d2b7e3";

    private readonly Party _party = new();

    public void Dispose() => _party.Dispose();

    [Fact]
    public void What_a_dataset_statement_says_survives_writing_and_reading() =>
        Prop.ForAll(Datasets, dataset =>
        {
            var read = (DatasetProvenance)_party.Verified(dataset, new StatementSubject(null, Hash.Of("file"u8))).Predicate;

            Assert.Equal(dataset.Origin, read.Origin);
            Assert.Equal(dataset.Jurisdiction, read.Jurisdiction);
            Assert.Equal(dataset.Acquisition, read.Acquisition);
            Assert.Equal(dataset.Consent, read.Consent);
            Assert.Equal(dataset.Classes, read.Classes);
            Assert.Equal(dataset.Subjects, read.Subjects);
            Assert.Equal(dataset.Validity, read.Validity);
            Assert.Equal(dataset.Chunks.Root, read.Chunks.Root);
            Assert.Equal(dataset.Chunks.Digests, read.Chunks.Digests);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_an_authority_says_survives_writing_and_reading()
    {
        var authority = Party.Authority(new Selectors { Datasets = [EvidenceId.Of("a"u8)], Classes = ["health"], Origins = ["foreign"] });

        var read = (Authority)_party.Verified(authority).Predicate;

        Assert.Equal(
            (authority.Agreement, authority.Deployment, authority.Basis, authority.Case, authority.Purpose, authority.Validity),
            (read.Agreement, read.Deployment, read.Basis, read.Case, read.Purpose, read.Validity));
        Assert.Equal(authority.Principals, read.Principals);
        Assert.Equal(authority.Selectors.Datasets, read.Selectors.Datasets);
        Assert.Equal(authority.Selectors.Classes, read.Selectors.Classes);
        Assert.Equal(authority.Selectors.Origins, read.Selectors.Origins);
    }

    [Fact]
    public void Silence_is_unknown_and_never_a_default()
    {
        var silent = (DatasetProvenance)Read("dataset-provenance/v1", "{}").Predicate;

        Assert.Null(silent.Origin);
        Assert.Null(silent.Jurisdiction);
        Assert.Null(silent.Acquisition);
        Assert.Null(silent.Consent);
        Assert.Empty(silent.Classes);
        Assert.Equal(1L << 40, silent.SubjectsOrWorst);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1099511627775", (1L << 40) - 1)]
    [InlineData("1099511627777", 1L << 40)]
    [InlineData("9007199254740991", 1L << 40)]
    public void The_number_of_persons_saturates(string written, long subjects) =>
        Assert.Equal(
            subjects, ((DatasetProvenance)Read("dataset-provenance/v1", $$"""{"subjects":{{written}}}""").Predicate).SubjectsOrWorst);

    [Theory]
    [InlineData("2026-03-31", "2026-04-01T00:00:00Z")]
    [InlineData("2026-03-31T10:20:30Z", "2026-03-31T10:20:30Z")]
    public void A_date_means_the_whole_of_that_day(string written, string end) =>
        Assert.Equal(
            DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
            Read("dataset-provenance/v1", $$"""{"expires":"{{written}}"}""").Predicate.Validity.Expires);

    [Theory]
    [InlineData("""{"origins":"domestic"}""")]
    [InlineData("""{"Origin":"domestic"}""")]
    [InlineData("""{"origin":["domestic"]}""")]
    [InlineData("""{"origin":""}""")]
    [InlineData("""{"origin":null}""")]
    [InlineData("""{"origin":"a\u0000"}""")]
    [InlineData("""{"origin":"\ud800"}""")]
    [InlineData("""{"origin":"a","origin":"a"}""")]
    [InlineData("""{"classes":"health"}""")]
    [InlineData("""{"classes":[]}""")]
    [InlineData("""{"classes":["health","health"]}""")]
    [InlineData("""{"classes":[7]}""")]
    [InlineData("""{"subjects":-1}""")]
    [InlineData("""{"subjects":1.0}""")]
    [InlineData("""{"subjects":1e3}""")]
    [InlineData("""{"subjects":"7"}""")]
    [InlineData("""{"subjects":9007199254740992}""")]
    [InlineData("""{"subjects":99999999999999999999}""")]
    [InlineData("""{"expires":"2026-13-01"}""")]
    [InlineData("""{"expires":"2026-04-01T00:00:00+02:00"}""")]
    [InlineData("""{"expires":"9999-12-31"}""")]
    [InlineData("""{"notBefore":"2026-04-01","expires":"2026-03-31"}""")]
    [InlineData("""{"chunks":{}}""")]
    [InlineData($$$"""{"chunks":{"root":"{{{Hex}}}","digests":[]}}""")]
    [InlineData($$$"""{"chunks":{"root":"{{{Hex}}}","digests":["{{{Hex}}}"]}}""")]
    [InlineData($$$"""{"chunks":{"digests":["{{{Hex}}}"]}}""")]
    [InlineData($$$"""{"chunks":{"root":"{{{Hex}}}"}}""")]
    public void A_predicate_that_is_not_exactly_of_its_form_is_malformed(string predicate) =>
        AssertMalformed(Statement("dataset-provenance/v1", predicate));

    [Fact]
    public void A_list_of_chunks_is_read_only_in_its_one_order_and_with_its_root()
    {
        Assert.True(Hash.TryParseHex(Hex, out var a));
        Assert.True(Hash.TryParseHex(Other, out var b));
        var root = ChunkList.Create([a, b]).Root.ToHex();

        Read("dataset-provenance/v1", Chunks(root, Hex, Other));
        AssertMalformed(Statement("dataset-provenance/v1", Chunks(root, Other, Hex)));
        AssertMalformed(Statement("dataset-provenance/v1", Chunks(root, Hex, Hex, Other)));
        AssertMalformed(Statement("dataset-provenance/v1", Chunks(root, Hex)));
        AssertMalformed(Statement("dataset-provenance/v1", Chunks(root.ToUpperInvariant(), Hex, Other)));
        AssertMalformed(Statement("dataset-provenance/v1", Chunks(root, Hex, Other + "00")));

        static string Chunks(string root, params string[] digests) =>
            $$$"""{"chunks":{"root":"{{{root}}}","digests":[{{{string.Join(',', digests.Select(d => $"\"{d}\""))}}}]}}""";
    }

    [Theory]
    [InlineData("""{"agreement":"a","deployment":"d","principals":["p"]}""")]
    [InlineData("""{"agreement":"a","deployment":"d","principals":[],"expires":"2027-01-01"}""")]
    [InlineData("""{"agreement":"a","deployment":"d","expires":"2027-01-01"}""")]
    [InlineData("""{"agreement":"a","principals":["p"],"expires":"2027-01-01"}""")]
    [InlineData("""{"deployment":"d","principals":["p"],"expires":"2027-01-01"}""")]
    [InlineData("""{"agreement":"a","deployment":"d","principals":["p"],"expires":"2027-01-01","deployments":["e"]}""")]
    [InlineData("""{"agreement":"a","deployment":"d","principals":["p"],"expires":"2027-01-01","selectors":{"persons":["x"]}}""")]
    [InlineData("""{"agreement":"a","deployment":"d","principals":["p"],"expires":"2027-01-01","selectors":{"classes":[]}}""")]
    [InlineData("""{"agreement":"a","deployment":"d","principals":["p"],"expires":"2027-01-01","selectors":{"datasets":["rows.csv"]}}""")]
    public void An_authority_must_name_whom_it_is_for_and_end(string predicate)
    {
        Read(
            "authority/v1",
            """{"agreement":"a","deployment":"d","principals":["p"],"expires":"2027-01-01","selectors":{"classes":["c"]}}""");

        AssertMalformed(Statement("authority/v1", predicate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v0.1","subject":["""
        + $$$"""{"digest":{"sha256":"{{{Hex}}}"}}],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + $$$"""{"digest":{"sha256":"{{{Hex}}}"}}],"predicateType":"https://holdpoint.dev/revocation/v2","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + $$$"""{"digest":{"sha256":"{{{Hex}}}"}}],"predicateType":"revocation/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + $$$"""{"digest":{"sha256":"{{{Hex}}}"}}],"predicateType":"https://holdpoint.dev/revocation/v1"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + $$$"""{"digest":{"sha1":"{{{Hex}}}"}}],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + """{"name":"x"}],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":"""
        + """[],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":"""
        + """[],"predicateType":"https://holdpoint.dev/dataset-provenance/v1","predicate":{}}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":["""
        + $$$"""{"digest":{"sha256":"{{{Hex}}}"}}],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{},"more":1}""")]
    [InlineData($$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"{{{Hex}}}"}}],"subject":"""
        + """[],"predicateType":"https://holdpoint.dev/revocation/v1","predicate":{}}""")]
    public void A_payload_that_is_not_exactly_a_statement_of_ours_is_malformed(string payload)
    {
        Read("revocation/v1", "{}");

        AssertMalformed(payload);
    }

    [Fact]
    public void A_deep_payload_is_malformed() =>
        AssertMalformed(Statement("dataset-provenance/v1", new string('[', 10_000) + new string(']', 10_000)));

    [Fact]
    public void The_largest_statement_fits_into_an_envelope_and_a_larger_one_is_refused()
    {
        var digests = Enumerable.Range(0, ChunkList.MaxCount).Select(i =>
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, i);
            return Hash.Of(bytes);
        }).ToArray();
        var subjects = digests.Take(InTotoStatement.MaxSubjects).Select((d, i) => new StatementSubject($"file-{i}", d)).ToArray();
        var envelope = _party.Sign(new DatasetProvenance { Chunks = ChunkList.Create(digests) }, [.. subjects]);

        Assert.True(envelope.Length < DsseEnvelope.MaxBytes);
        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(envelope, _party.Trusted, Party.Now));

        Assert.True(DsseEnvelope.TryParse(envelope, out var good, out _));
        var oneMore = Encoding.UTF8.GetString(good.Payload.Span)
            .Replace("\"digests\":[", $"\"digests\":[\"{new string('0', 64)}\",", StringComparison.Ordinal);
        AssertMalformed(oneMore);
    }

    private static Arbitrary<DatasetProvenance> Datasets { get; } = (
        from origin in Value
        from jurisdiction in Value
        from acquisition in Value
        from consent in Value
        from classes in Gen.SubListOf("health", "financial", "a b", "ünïcode", "\"quoted\"")
        from subjects in Gen.OneOf(Gen.Constant((long?)null), Gen.Choose(0, int.MaxValue).Select(n => (long?)n * 4_000_000))
        from lines in Gen.Choose(0, 1_000).ListOf()
        from days in Gen.Choose(1, 1_000)
        select new DatasetProvenance
        {
            Origin = origin,
            Jurisdiction = jurisdiction,
            Acquisition = acquisition,
            Consent = consent,
            Classes = [.. classes],
            Subjects = subjects,
            Validity = new(Party.Now.AddDays(-days), days % 2 == 0 ? Party.Now.AddDays(days) : null),
            Chunks = ChunkList.Create(lines.Select(l => Hash.Of(BitConverter.GetBytes(l)))),
        }).ToArbitrary();

    private static Gen<string?> Value => Gen.Elements(null, "domestic", "foreign", "unknown", "x/y, z");

    private VerifiedStatement Read(string type, string predicate)
    {
        var outcome = EvidenceVerifier.Verify(_party.SignPayload(Statement(type, predicate)), _party.Trusted, Party.Now);
        return Assert.IsType<EvidenceOutcome.Valid>(outcome).Statement;
    }

    private void AssertMalformed(string payload)
    {
        var outcome = EvidenceVerifier.Verify(_party.SignPayload(payload), _party.Trusted, Party.Now);
        Assert.Equal(EvidenceCause.Malformed, Assert.IsType<EvidenceOutcome.Invalid>(outcome).Fault.Cause);
    }

    private static string Statement(string type, string predicate) => $$$"""
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"file","digest":{"sha256":"{{{Hex}}}"}}],
         "predicateType":"https://holdpoint.dev/{{{type}}}","predicate":{{{predicate}}}}
        """;
}
