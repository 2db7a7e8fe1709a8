using System.Text;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Proofs;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>Which of the files in <c>proofs/</c> counts, and what is said of those that do not.</summary>
public sealed class ProofStatementTests
{
    [Fact]
    public async Task A_proof_of_this_version_by_a_trusted_key_counts()
    {
        using var copy = await AgreementCopy.CreateAsync();
        var envelope = copy.Envelope();
        copy.Put(envelope);

        var (found, reasons) = Find(copy);

        Assert.Equal(EvidenceId.Of(envelope), found?.Id);
        Assert.Equal(["T1", "T2", "T3", "T4", "T5", "T6"], found?.Proof.Theorems);
        Assert.Empty(reasons);
    }

    [Fact]
    public async Task Without_the_folder_there_is_nothing_to_say()
    {
        using var copy = await AgreementCopy.CreateAsync();

        AssertNone(copy);
    }

    [Fact]
    public async Task A_proof_of_other_clauses_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync();
        copy.Put(copy.Envelope());
        copy.Loosen();

        AssertNone(copy, "proofs/of-the-test.json does not count: it is of another version of the agreement");
    }

    /// <summary>Nor does one that changes after the agreement was loaded: what counts is what was loaded.</summary>
    [Fact]
    public async Task A_proof_of_what_the_folder_became_meanwhile_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync();
        var loaded = copy.Agreement;
        copy.Edit("agreement.yaml", "name: red-lines", "name: other-lines");
        copy.Put(copy.Envelope());

        Assert.Null(ProofStatement.Find(loaded, copy.Path, DateTimeOffset.UtcNow, []));
        Assert.NotNull(Find(copy).Found);
    }

    [Fact]
    public async Task A_proof_by_a_key_that_the_agreement_does_not_list_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync();
        using var stranger = Ed25519PrivateKey.Generate();
        copy.Put(copy.Envelope(stranger));

        AssertNone(copy, "proofs/of-the-test.json does not count: No key that the agreement trusts made this signature over these bytes.");
    }

    [Fact]
    public async Task A_proof_by_a_key_that_is_trusted_for_other_things_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync("dataset-provenance/v1");
        copy.Put(copy.Envelope());

        AssertNone(copy, "proofs/of-the-test.json does not count: prover may not issue proof/v1.");
    }

    [Fact]
    public async Task A_proof_by_a_key_whose_time_is_over_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync(until: "2030-06-30");
        copy.Put(copy.Envelope());
        List<string> reasons = [];

        Assert.NotNull(ProofStatement.Find(copy.Agreement, copy.Path, new(2030, 6, 30, 23, 59, 59, TimeSpan.Zero), reasons));
        Assert.Null(ProofStatement.Find(copy.Agreement, copy.Path, new(2030, 7, 1, 0, 0, 0, TimeSpan.Zero), reasons));

        Assert.StartsWith("proofs/of-the-test.json does not count: ", Assert.Single(reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_by_another_version_of_the_analysis_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync();
        copy.Put(Signed(copy, AgreementProof.AnalysisVersion + 1, ["T1", "T2", "T3", "T4", "T5", "T6"]));

        AssertNone(copy, "proofs/of-the-test.json does not count: it was made by another version of the analysis; prove it again");
    }

    [Fact]
    public async Task A_proof_that_lacks_a_theorem_does_not_count()
    {
        using var copy = await AgreementCopy.CreateAsync();
        copy.Put(Signed(copy, AgreementProof.AnalysisVersion, ["T1", "T3", "T4", "T6", "T7"]));

        AssertNone(copy, "proofs/of-the-test.json does not count: it does not say that T2, T5 are proved");
    }

    [Fact]
    public async Task Something_else_that_a_trusted_key_signed_is_no_proof()
    {
        using var copy = await AgreementCopy.CreateAsync("revocation/v1");
        var statement = new InTotoStatement([new StatementSubject(null, Hash.Of("x"u8))], new Revocation());
        copy.Put(DsseEnvelope.Sign(InTotoStatement.PayloadType, statement.ToJson(), copy.Key).ToJson());

        AssertNone(copy, "proofs/of-the-test.json does not count: it is not a proof");
    }

    [Fact]
    public async Task A_damaged_proof_does_not_count_and_one_beside_it_does()
    {
        using var copy = await AgreementCopy.CreateAsync();
        var envelope = copy.Envelope();
        var changed = Encoding.UTF8.GetString(envelope).Replace("\"sig\":\"", "\"sig\":\"AAAA", StringComparison.Ordinal);
        copy.Put(envelope[..^9], "a-cut.json");
        copy.Put(Encoding.UTF8.GetBytes(changed), "b-changed.json");
        copy.Put([], "c-empty.json");

        var reasons = AssertNone(copy);
        Assert.Equal(["proofs/a-cut.json", "proofs/b-changed.json", "proofs/c-empty.json"], reasons.Select(r => r.Split(' ')[0]));

        copy.Put(envelope, "d-good.json");
        Assert.NotNull(Find(copy).Found);
    }

    [Fact]
    public async Task What_could_be_endless_is_not_read()
    {
        using var copy = await AgreementCopy.CreateAsync();
        var envelope = copy.Envelope();
        copy.Put([.. envelope, .. Enumerable.Repeat((byte)' ', ProofFiles.MaxBytes)], "a-large.json");
        await File.WriteAllBytesAsync(copy["elsewhere.json"], envelope, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(copy["agreement/proofs/b-link.json"], copy["elsewhere.json"]);
        File.CreateSymbolicLink(copy["agreement/proofs/c-zero.json"], "/dev/zero");
        Directory.CreateDirectory(copy["agreement/proofs/d-folder"]);

        AssertNone(
            copy,
            "proofs/a-large.json does not count: it is larger than 65536 bytes",
            "proofs/b-link.json does not count: it is a link; put the file itself there",
            "proofs/c-zero.json does not count: it is a link; put the file itself there",
            "proofs/d-folder does not count: it is not a regular file, or it is empty");
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        using var copy = await AgreementCopy.CreateAsync();
        Directory.CreateDirectory(copy["agreement/proofs"]);
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [copy["agreement/proofs/a-pipe.json"]]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, mkfifo.ExitCode);

        AssertNone(copy, "proofs/a-pipe.json does not count: it is not a regular file, or it is empty");
    }

    [Fact]
    public async Task No_more_than_sixteen_files_are_read_and_a_name_cannot_write_lines()
    {
        using var copy = await AgreementCopy.CreateAsync();
        for (var i = 0; i < ProofFiles.MaxFiles; i++)
        {
            copy.Put("{}"u8.ToArray(), $"{i:00}\nready http");
        }

        copy.Put(copy.Envelope(), "zz-good.json");

        var reasons = AssertNone(copy);
        Assert.Equal(ProofFiles.MaxFiles + 1, reasons.Count);
        Assert.Equal("proofs/zz-good.json does not count: only the first 16 files are read", reasons[^1]);
        Assert.All(reasons, reason => Assert.DoesNotContain('\n', reason));
    }

    [Fact]
    public async Task Nothing_is_signed_but_what_is_proved()
    {
        using var copy = await AgreementCopy.CreateAsync();
        var agreement = copy.Agreement;
        var refuted = new TheoremResult(Theorem.T1, null, ProofResult.Refuted, TimeSpan.Zero, []);
        var before = agreement.Bundle;
        copy.Edit("agreement.yaml", "name: red-lines", "name: other-lines");

        Assert.Throws<ArgumentException>(() =>
            ProofStatement.Sign(agreement, new(before, [SolverKind.Z3], Patience.All, [refuted]), copy.Key, DateTimeOffset.UtcNow));
        Assert.Throws<ArgumentException>(() =>
            ProofStatement.Sign(copy.Agreement, new(before, [SolverKind.Z3], Patience.All, []), copy.Key, DateTimeOffset.UtcNow));
    }

    private static ((EvidenceId Id, Proof Proof)? Found, List<string> Reasons) Find(AgreementCopy copy)
    {
        List<string> reasons = [];
        return (ProofStatement.Find(copy.Agreement, copy.Path, DateTimeOffset.UtcNow, reasons), reasons);
    }

    private static List<string> AssertNone(AgreementCopy copy, params string[] expected)
    {
        var (found, reasons) = Find(copy);
        Assert.Null(found);
        if (expected is not [])
        {
            Assert.Equal(expected, reasons);
        }

        return reasons;
    }

    private static byte[] Signed(AgreementCopy copy, long analysis, string[] theorems)
    {
        Assert.True(Hash.TryParseHex(copy.Agreement.Bundle.Value, out var bundle));
        var statement = new InTotoStatement(
            [new StatementSubject(Proof.SubjectName, bundle)],
            new Proof
            {
                Agreement = "red-lines",
                Analysis = analysis,
                Solvers = ["z3"],
                Theorems = [.. theorems],
                Issued = DateTimeOffset.UtcNow,
            });
        return DsseEnvelope.Sign(InTotoStatement.PayloadType, statement.ToJson(), copy.Key).ToJson();
    }
}
