using System.Collections.Immutable;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Verification;

/// <summary>
/// A statement whose signature and issuer were verified. Immutable. Time passes after verification, so <see cref="FaultFor"/> checks
/// whether the statement still holds for a certain call.
/// </summary>
public sealed class VerifiedStatement
{
    internal VerifiedStatement(
        EvidenceId id, EvidenceId canonicalId, Hash statementDigest, Issuer issuer, InTotoStatement statement)
    {
        Id = id;
        CanonicalId = canonicalId;
        StatementDigest = statementDigest;
        Issuer = issuer;
        Subjects = statement.Subjects;
        Predicate = statement.Predicate;
    }

    private VerifiedStatement(VerifiedStatement other, EvidenceId id)
    {
        Id = id;
        CanonicalId = other.CanonicalId;
        StatementDigest = other.StatementDigest;
        Issuer = other.Issuer;
        Subjects = other.Subjects;
        Predicate = other.Predicate;
    }

    /// <summary>The id of the envelope that carried the statement.</summary>
    public EvidenceId Id { get; }

    /// <summary>
    /// The id of the envelope that <see cref="Dsse.DsseEnvelope.ToJson"/> writes of the statement and its signature, with the key id of its
    /// issuer: the same whatever bytes the statement came in, so that nobody who posts a copy first decides it.
    /// </summary>
    public EvidenceId CanonicalId { get; }

    /// <summary>SHA-256 of the signed payload: the same in every envelope of the statement.</summary>
    public Hash StatementDigest { get; }

    /// <summary>The issuer of the statement.</summary>
    public Issuer Issuer { get; }

    /// <summary>The subjects of the statement.</summary>
    public ImmutableArray<StatementSubject> Subjects { get; }

    /// <summary>The predicate of the statement.</summary>
    public Predicate Predicate { get; }

    /// <summary>The same statement in another envelope of it.</summary>
    /// <param name="id">The id of that envelope.</param>
    public VerifiedStatement Under(EvidenceId id) => id == Id ? this : new(this, id);

    /// <summary>The reason that the statement does not hold at this time, or null.</summary>
    public EvidenceFault? FaultAt(DateTimeOffset now)
    {
        if (!Issuer.IsTrustedAt(now))
        {
            return new(EvidenceCause.Expired, $"The key of {Issuer.Name} was trusted until {Issuer.Until:O}.");
        }

        return Predicate.Validity.Contains(now, out var isOver) ? null
            : isOver ? new(EvidenceCause.Expired, $"The statement expired at {Validity.Text(Predicate.Validity.Expires!.Value)}.")
            : new(EvidenceCause.NotYetValid, $"The statement holds from {Validity.Text(Predicate.Validity.NotBefore!.Value)}.");
    }

    /// <summary>The reason that the statement does not hold at this time for this call, or null. Revocation is not known here.</summary>
    public EvidenceFault? FaultFor(EvidenceUse use, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (FaultAt(now) is { } fault)
        {
            return fault;
        }

        return Predicate switch
        {
            Revocation => OutOfScope("A revocation is not evidence for a call."),
            Approval => OutOfScope("An approval is of a hold and is not evidence for a call."),
            Proof => OutOfScope("A proof is of an agreement and is not evidence for a call."),
            _ when !Issuer.MaySpeakFor(use.Deployment) => OutOfScope($"{Issuer.Name} does not speak for this deployment."),
            { Deployments: { IsEmpty: false } only } when !only.Contains(use.Deployment, StringComparer.Ordinal) =>
                OutOfScope("The statement is for another deployment."),
            Authority authority when authority.Agreement != use.Agreement => OutOfScope("The authority is under another agreement."),
            Authority authority when !authority.Principals.Contains(use.Principal, StringComparer.Ordinal) =>
                OutOfScope("The authority does not name this principal."),
            _ => null,
        };
    }

    private static EvidenceFault OutOfScope(string message) => new(EvidenceCause.OutOfScope, message);
}
