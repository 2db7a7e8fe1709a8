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
    /// <summary>The theorems that must be proved before an agreement takes effect.</summary>
    public static readonly ImmutableArray<string> Theorems = ["T1", "T2", "T3", "T4", "T5", "T6"];

    /// <summary>The envelope, as a file.</summary>
    /// <exception cref="ArgumentException">Not everything is proved, or of another version.</exception>
    public static byte[] Sign(Agreement agreement, AgreementProof proof, Ed25519PrivateKey key, DateTimeOffset now)
    {
        if (!proof.IsProved || proof.Bundle != agreement.Bundle)
        {
            throw new ArgumentException("Only what is proved of this very version is signed.", nameof(proof));
        }

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

    /// <summary>
    /// The first proof in the folder that counts for this version of the agreement; null with the reasons when none does.
    /// </summary>
    public static (EvidenceId Id, Proof Proof)? Find(Agreement agreement, string folder, DateTimeOffset now, List<string> reasons)
    {
        foreach (var (name, content, unread) in ProofFiles.Read(folder))
        {
            var fault = unread;
            if (content is not null && TryRead(agreement, content, now, out fault) is { } proof)
            {
                return (EvidenceId.Of(content), proof);
            }

            reasons.Add($"{name} does not count: {fault}");
        }

        return null;
    }

    /// <summary>The proof, when it counts for this version of the agreement at this time; else null and why not.</summary>
    public static Proof? TryRead(Agreement agreement, byte[] envelope, DateTimeOffset now, out string? fault)
    {
        (var proof, fault) = EvidenceVerifier.Verify(envelope, agreement.Issuers, now) switch
        {
            EvidenceOutcome.Invalid(var invalid) => (null, invalid.Message),
            EvidenceOutcome.Valid({ Predicate: Proof read, Subjects: [{ Digest: var bundle }] }) =>
                (read, FaultOf(agreement, read, bundle)),
            _ => (null, "it is not a proof"),
        };
        return fault is null ? proof : null;
    }

    public static string NameOf(SolverKind solver) => solver.ToString().ToLowerInvariant();

    private static string? FaultOf(Agreement agreement, Proof proof, Hash bundle) =>
        bundle != DigestOf(agreement) ? "it is of another version of the agreement"
        : proof.Analysis != AgreementProof.AnalysisVersion ? "it was made by another version of the analysis; prove it again"
        : Theorems.Except(proof.Theorems) is var missing && missing.Any() ? $"it does not say that {string.Join(", ", missing)} are proved"
        : null;

    private static Hash DigestOf(Agreement agreement) =>
        Hash.TryParseHex(agreement.Bundle.Value, out var digest)
            ? digest
            : throw new ArgumentException("A bundle is named by its SHA-256.", nameof(agreement));
}
