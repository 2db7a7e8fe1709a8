using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Tests.Verification;

public class EvidenceVerifierTests
{
    [Fact]
    public void A_statement_by_a_trusted_key_is_valid_and_says_what_was_signed()
    {
        using var party = new Party();
        var envelope = party.Sign(Party.Dataset(), new StatementSubject("rows.csv", Hash.Of("rows"u8)));

        var statement = Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(envelope, party.Trusted, Party.Now)).Statement;

        Assert.Equal(EvidenceId.Of(envelope), statement.Id);
        Assert.Same(party.Issuer, statement.Issuer);
        var subject = Assert.Single(statement.Subjects);
        Assert.Equal(new("rows.csv", Hash.Of("rows"u8)), subject);
        var dataset = Assert.IsType<DatasetProvenance>(statement.Predicate);
        Assert.Equal("commercial", dataset.Acquisition);
        Assert.Equal(2_000, dataset.SubjectsOrWorst);
    }

    [Fact]
    public void A_key_that_nobody_trusts_proves_nothing()
    {
        using var party = new Party();
        using var stranger = new Party();

        AssertInvalid(EvidenceCause.Untrusted, stranger.Sign(Party.Dataset()), party.Trusted);
        AssertInvalid(EvidenceCause.Untrusted, party.Sign(Party.Dataset()), TrustedIssuers.None);
    }

    [Fact]
    public void The_key_hint_decides_nothing()
    {
        using var party = new Party();
        using var stranger = new Party();
        var ours = KeyId.Of(party.Key.PublicKey);

        var posingAsOurs = Text(stranger.Sign(Party.Dataset())).Replace(KeyId.Of(stranger.Key.PublicKey), ours, StringComparison.Ordinal);
        AssertInvalid(EvidenceCause.Untrusted, Bytes(posingAsOurs), party.Trusted);

        var envelope = Text(party.Sign(Party.Dataset()));
        foreach (var hint in new[] { "", "some-key", ours.ToUpperInvariant() })
        {
            var hinted = Bytes(envelope.Replace(ours, hint, StringComparison.Ordinal));
            Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(hinted, party.Trusted, Party.Now));
        }
    }

    [Fact]
    public void Changing_any_byte_of_the_payload_or_the_signature_makes_it_invalid()
    {
        using var party = new Party();
        Assert.True(DsseEnvelope.TryParse(party.Sign(Party.Dataset()), out var good, out _));
        var payload = good.Payload.ToArray();
        var signature = good.Signatures[0].Bytes.ToArray();

        Prop.ForAll(Gen.Choose(0, payload.Length + signature.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
        {
            byte[] p = [.. payload], s = [.. signature];
            (at < p.Length ? ref p[at] : ref s[at - p.Length]) ^= (byte)change;
            var tampered = $$"""
                {"payload":"{{Convert.ToBase64String(p)}}","payloadType":"{{good.PayloadType}}","signatures":[{"sig":"{{Convert.ToBase64String(s)}}"}]}
                """;
            AssertInvalid(EvidenceCause.Untrusted, Bytes(tampered), party.Trusted);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_changed_byte_anywhere_in_the_envelope_never_changes_what_a_valid_statement_says()
    {
        using var party = new Party();
        var envelope = party.Sign(Party.Dataset());
        var digest = party.Verified(Party.Dataset()).StatementDigest;

        Prop.ForAll(Gen.Choose(0, envelope.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
        {
            byte[] tampered = [.. envelope];
            tampered[at] ^= (byte)change;
            return EvidenceVerifier.Verify(tampered, party.Trusted, Party.Now) is not EvidenceOutcome.Valid { Statement: var statement }
                || (statement.StatementDigest == digest && statement.Id != EvidenceId.Of(envelope));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_signature_over_another_payload_type_is_not_a_statement()
    {
        using var party = new Party();
        Assert.True(DsseEnvelope.TryParse(party.Sign(Party.Dataset()), out var good, out _));

        AssertInvalid(EvidenceCause.Malformed, party.SignPayload(good.Payload.ToArray(), "application/json"), party.Trusted);

        var relabelled = Text(party.SignPayload(good.Payload.ToArray(), "application/json"))
            .Replace("application/json", good.PayloadType, StringComparison.Ordinal);
        AssertInvalid(EvidenceCause.Untrusted, Bytes(relabelled), party.Trusted);
    }

    [Fact]
    public void Evidence_has_exactly_one_signature()
    {
        using var party = new Party();
        var envelope = Text(party.Sign(Party.Dataset()));
        var twice = envelope.Replace("\"signatures\":[", "\"signatures\":[{\"sig\":\"AA==\"},", StringComparison.Ordinal);

        AssertInvalid(EvidenceCause.Malformed, Bytes(twice), party.Trusted);
    }

    [Fact]
    public void A_key_says_only_what_it_is_trusted_for()
    {
        using var party = new Party(predicates: [PredicateType.Authority, PredicateType.Revocation]);

        AssertInvalid(EvidenceCause.Untrusted, party.Sign(Party.Dataset()), party.Trusted);
        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(party.Sign(Party.Authority()), party.Trusted, Party.Now));
    }

    [Fact]
    public void A_key_is_trusted_to_the_end_of_its_last_day_and_no_longer()
    {
        using var party = new Party(until: new(2026, 3, 1));
        var envelope = party.Sign(Party.Dataset());
        var midnight = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(envelope, party.Trusted, midnight.AddTicks(-1)));
        AssertInvalid(EvidenceCause.Expired, envelope, party.Trusted, midnight);
    }

    [Fact]
    public void A_statement_holds_from_its_beginning_until_just_before_its_end()
    {
        using var party = new Party();
        var envelope = party.Sign(new DatasetProvenance
        {
            Chunks = Party.Dataset().Chunks,
            Validity = new(Party.Now, Party.Now.AddHours(1)),
        });

        AssertInvalid(EvidenceCause.NotYetValid, envelope, party.Trusted, Party.Now.AddTicks(-1));
        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(envelope, party.Trusted, Party.Now));
        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(envelope, party.Trusted, Party.Now.AddHours(1).AddTicks(-1)));
        AssertInvalid(EvidenceCause.Expired, envelope, party.Trusted, Party.Now.AddHours(1));
    }

    [Fact]
    public void A_statement_about_a_deployment_that_its_issuer_does_not_speak_for_is_out_of_scope()
    {
        using var narrow = new Party(deployments: ["lab"]);

        AssertInvalid(EvidenceCause.OutOfScope, narrow.Sign(Party.Authority()), narrow.Trusted);
    }

    [Theory]
    [InlineData("analysts-cloud", "analyst-7", "red-lines", null)]
    [InlineData("analysts-cloud", "analyst-8", "red-lines", EvidenceCause.OutOfScope)]
    [InlineData("analysts-cloud", "ANALYST-7", "red-lines", EvidenceCause.OutOfScope)]
    [InlineData("lab", "analyst-7", "red-lines", EvidenceCause.OutOfScope)]
    [InlineData("analysts-cloud", "analyst-7", "other", EvidenceCause.OutOfScope)]
    public void An_authority_is_only_for_those_it_names(string deployment, string principal, string agreement, EvidenceCause? cause)
    {
        using var party = new Party();

        var fault = party.Verified(Party.Authority()).FaultFor(new(agreement, deployment, principal), Party.Now);

        Assert.Equal(cause, fault?.Cause);
    }

    [Fact]
    public void A_dataset_is_for_the_deployments_of_its_issuer_and_of_the_statement_itself()
    {
        using var narrow = new Party(deployments: ["lab", "cloud"]);
        var everywhere = narrow.Verified(Party.Dataset());
        var onlyLab = narrow.Verified(new DatasetProvenance { Chunks = Party.Dataset().Chunks, Deployments = ["lab"] });

        Assert.Null(everywhere.FaultFor(new("a", "cloud", "p"), Party.Now));
        Assert.Equal(EvidenceCause.OutOfScope, everywhere.FaultFor(new("a", "edge", "p"), Party.Now)?.Cause);
        Assert.Null(onlyLab.FaultFor(new("a", "lab", "p"), Party.Now));
        Assert.Equal(EvidenceCause.OutOfScope, onlyLab.FaultFor(new("a", "cloud", "p"), Party.Now)?.Cause);
    }

    [Fact]
    public void What_was_verified_expires_all_the_same()
    {
        using var party = new Party();
        var authority = party.Verified(Party.Authority());

        Assert.Equal(
            EvidenceCause.Expired,
            authority.FaultFor(new("red-lines", "analysts-cloud", "analyst-7"), Party.Now.AddDays(30))?.Cause);
    }

    [Fact]
    public void A_revocation_supports_no_call()
    {
        using var party = new Party();
        var revocation = party.Verified(new Revocation { Reason = "sold by mistake" }, new StatementSubject(null, Hash.Of("x"u8)));

        Assert.Equal(EvidenceCause.OutOfScope, revocation.FaultFor(new("red-lines", "analysts-cloud", "analyst-7"), Party.Now)?.Cause);
    }

    [Fact]
    public void One_key_is_one_issuer()
    {
        using var party = new Party();
        var twin = new Issuer("other", "provider", party.Key.PublicKey, PredicateType.All, new(2030, 1, 1));

        Assert.Throws<ArgumentException>(() => new TrustedIssuers([party.Issuer, twin]));
        Assert.Throws<ArgumentException>(() => new TrustedIssuers([party.Issuer, new Party().Issuer]));
    }

    [Fact]
    public void No_code_of_a_cause_is_used_twice() =>
        Assert.Distinct(Enum.GetValues<EvidenceCause>().Select(c => c.Code));

    private static void AssertInvalid(EvidenceCause cause, byte[] envelope, TrustedIssuers issuers, DateTimeOffset? now = null)
    {
        var outcome = EvidenceVerifier.Verify(envelope, issuers, now ?? Party.Now);
        Assert.Equal(cause, Assert.IsType<EvidenceOutcome.Invalid>(outcome).Fault.Cause);
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
