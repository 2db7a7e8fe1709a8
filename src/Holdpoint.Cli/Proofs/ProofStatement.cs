using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Proofs;

/// <summary>A proof that travels with its agreement: a signed <c>proof/v1</c> in the folder's <c>proofs/</c>.</summary>
internal static class ProofStatement
{
    // An agreement has one proof, and a few while keys change hands.
    private const int MaxFiles = 16;
    private const int MaxBytes = 64 * 1024;

    /// <summary>What must be proved before an agreement takes effect (design §4).</summary>
    public static readonly ImmutableArray<string> Theorems = ["T1", "T2", "T3", "T4", "T5", "T6"];

    /// <summary>The envelope, as a file.</summary>
    public static byte[] Sign(Agreement agreement, AgreementProof proof, Ed25519PrivateKey key, DateTimeOffset now)
    {
        var statement = new InTotoStatement(
            [new StatementSubject(Proof.SubjectName, DigestOf(agreement))],
            new Proof
            {
                Agreement = agreement.Name,
                Analysis = AgreementProof.AnalysisVersion,
                Solvers = [.. proof.Solvers.Select(NameOf)],
                Theorems = Theorems,
                Issued = now,
            });
        return DsseEnvelope.Sign(InTotoStatement.PayloadType, statement.ToJson(), key).ToJson();
    }

    /// <summary>The first proof in the folder that counts for this version of the agreement; null with the reasons when none does.</summary>
    public static (EvidenceId Id, Proof Proof)? Find(Agreement agreement, string folder, DateTimeOffset now, List<string> reasons)
    {
        var proofs = Path.Combine(folder, "proofs");
        if (!Directory.Exists(proofs))
        {
            return null;
        }

        foreach (var file in Directory.EnumerateFiles(proofs).Order(StringComparer.Ordinal).Take(MaxFiles))
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                reasons.Add($"proofs/{Path.GetFileName(file)} is larger than any proof");
                continue;
            }

            var envelope = File.ReadAllBytes(file);
            if (FaultOf(agreement, envelope, now) is var (proof, fault) && proof is not null)
            {
                return (EvidenceId.Of(envelope), proof);
            }
            else
            {
                reasons.Add($"proofs/{Path.GetFileName(file)} does not count: {fault}");
            }
        }

        return null;
    }

    public static string NameOf(SolverKind solver) => solver.ToString().ToLowerInvariant();

    private static (Proof? Proof, string? Fault) FaultOf(Agreement agreement, byte[] envelope, DateTimeOffset now) =>
        EvidenceVerifier.Verify(envelope, agreement.Issuers, now) switch
        {
            EvidenceOutcome.Invalid(var fault) => (null, fault.Message),
            EvidenceOutcome.Valid({ Predicate: not Proof }) => (null, "it is no proof"),
            EvidenceOutcome.Valid({ Subjects: [{ Digest: var bundle }] }) when bundle != DigestOf(agreement) =>
                (null, "it is of another version of the agreement"),
            EvidenceOutcome.Valid({ Predicate: Proof { Analysis: not AgreementProof.AnalysisVersion } }) =>
                (null, "it was made by another version of the analysis; prove it again"),
            EvidenceOutcome.Valid({ Predicate: Proof proof }) =>
                Theorems.Except(proof.Theorems) is var missing && missing.Any()
                    ? (null, $"it does not say that {string.Join(", ", missing)} are proved")
                    : (proof, null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Hash DigestOf(Agreement agreement) =>
        Hash.TryParseHex(agreement.Bundle.Value, out var digest) ? digest : throw new ArgumentException("A bundle is named by its SHA-256.", nameof(agreement));
}
