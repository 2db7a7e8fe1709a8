using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Tests.Predicates;

public sealed class ProofTests : IDisposable
{
    private const string Hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private const string Good =
        """{"agreement":"red-lines","analysis":1,"solvers":["z3"],"theorems":["T1"],"issued":"2026-03-01T12:00:00Z"}""";

    private readonly Party _party = new();

    public void Dispose() => _party.Dispose();

    [Fact]
    public void What_a_proof_says_survives_writing_and_reading()
    {
        var proof = new Proof
        {
            Agreement = "red-lines", Analysis = 7, Solvers = ["z3", "cvc5"], Theorems = ["T1", "T6"], Issued = Party.Now,
        };

        var statement = _party.Verified(proof, new StatementSubject(Proof.SubjectName, Hash.Of("bundle"u8)));

        var read = (Proof)statement.Predicate;
        Assert.Equal(("red-lines", 7, Party.Now), (read.Agreement, read.Analysis, read.Issued));
        Assert.Equal(["z3", "cvc5"], read.Solvers);
        Assert.Equal(["T1", "T6"], read.Theorems);
        Assert.Equal(new StatementSubject("bundle", Hash.Of("bundle"u8)), Assert.Single(statement.Subjects));
    }

    [Theory]
    [InlineData("\"agreement\":\"red-lines\",", "")]
    [InlineData("\"agreement\":\"red-lines\"", "\"agreement\":\"\"")]
    [InlineData("\"agreement\":\"red-lines\"", "\"agreement\":null")]
    [InlineData("\"analysis\":1,", "")]
    [InlineData("\"analysis\":1", "\"analysis\":\"1\"")]
    [InlineData("\"analysis\":1", "\"analysis\":1.0")]
    [InlineData("\"analysis\":1", "\"analysis\":-1")]
    [InlineData("\"solvers\":[\"z3\"],", "")]
    [InlineData("\"solvers\":[\"z3\"]", "\"solvers\":[]")]
    [InlineData("\"solvers\":[\"z3\"]", "\"solvers\":\"z3\"")]
    [InlineData("\"theorems\":[\"T1\"],", "")]
    [InlineData("\"theorems\":[\"T1\"]", "\"theorems\":[]")]
    [InlineData("\"theorems\":[\"T1\"]", "\"theorems\":[\"T1\",\"T1\"]")]
    [InlineData("\"theorems\":[\"T1\"]", "\"theorems\":[1]")]
    [InlineData(",\"issued\":\"2026-03-01T12:00:00Z\"", "")]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01")]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00+01:00")]
    [InlineData("\"analysis\":1", "\"analysis\":1,\"expires\":\"2027-01-01\"")]
    [InlineData("\"analysis\":1", "\"analysis\":1,\"analysis\":1")]
    public void Anything_else_is_no_proof(string from, string to)
    {
        Assert.IsType<EvidenceOutcome.Valid>(Verify(Good, subjects: 1));
        Assert.Contains(from, Good, StringComparison.Ordinal);

        AssertMalformed(Verify(Good.Replace(from, to, StringComparison.Ordinal), subjects: 1));
    }

    [Fact]
    public void A_proof_names_more_theorems_than_there_are_in_vain() => AssertMalformed(Verify(
        Good.Replace("\"T1\"", string.Join(',', Enumerable.Range(1, 17).Select(i => $"\"T{i}\"")), StringComparison.Ordinal), subjects: 1));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_proof_is_of_one_bundle(int subjects) => AssertMalformed(Verify(Good, subjects));

    [Fact]
    public void A_proof_is_no_evidence_for_a_call()
    {
        var outcome = Verify(Good, subjects: 1);

        var fault = Assert.IsType<EvidenceOutcome.Valid>(outcome).Statement.FaultFor(
            new EvidenceUse("red-lines", "analysts-cloud", "analyst-7"), Party.Now);

        Assert.Equal(EvidenceCause.OutOfScope, fault?.Cause);
    }

    [Fact]
    public void A_key_that_may_not_issue_proofs_issues_none()
    {
        using var court = new Party(predicates: [PredicateType.Authority]);
        var proof = new Proof { Agreement = "a", Analysis = 1, Solvers = ["z3"], Theorems = ["T1"], Issued = Party.Now };
        var envelope = court.Sign(proof, new StatementSubject(Proof.SubjectName, Hash.Of("bundle"u8)));

        var outcome = EvidenceVerifier.Verify(envelope, court.Trusted, Party.Now);

        Assert.Equal(EvidenceCause.Untrusted, Assert.IsType<EvidenceOutcome.Invalid>(outcome).Fault.Cause);
    }

    private static void AssertMalformed(EvidenceOutcome outcome) =>
        Assert.Equal(EvidenceCause.Malformed, Assert.IsType<EvidenceOutcome.Invalid>(outcome).Fault.Cause);

    private EvidenceOutcome Verify(string predicate, int subjects)
    {
        var subject = string.Join(',', Enumerable.Repeat("{\"digest\":{\"sha256\":\"" + Hex + "\"}}", subjects));
        var payload =
            """{"_type":"https://in-toto.io/Statement/v1","subject":["""
            + $$"""{{subject}}],"predicateType":"https://holdpoint.dev/proof/v1","predicate":{{predicate}}}""";
        return EvidenceVerifier.Verify(_party.SignPayload(payload), _party.Trusted, Party.Now);
    }
}
