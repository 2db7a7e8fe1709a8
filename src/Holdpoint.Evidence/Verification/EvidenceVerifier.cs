using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Json;
using Holdpoint.Evidence.Trust;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Verification;

/// <summary>Verifies posted envelopes. Pure, thread-safe; never throws on input.</summary>
public static class EvidenceVerifier
{
    /// <summary>Verifies like <see cref="Authenticate"/>, and also that the statement holds at this time.</summary>
    public static EvidenceOutcome Verify(ReadOnlyMemory<byte> envelope, TrustedIssuers issuers, DateTimeOffset now) =>
        Authenticate(envelope, issuers) switch
        {
            EvidenceOutcome.Valid(var statement) when statement.FaultAt(now) is { } untimely => new EvidenceOutcome.Invalid(untimely),
            var outcome => outcome,
        };

    /// <summary>
    /// Verifies one envelope at no particular time: its form, its one signature by a trusted key (Ed25519 over the DSSE encoding), and the
    /// key's right to say this about those deployments. <see cref="VerifiedStatement.FaultAt"/> checks the time.
    /// </summary>
    /// <remarks>
    /// One signature, although DSSE allows several: one statement has one issuer, who answers for it. Nothing of the payload is read before
    /// the signature is verified, as the DSSE protocol orders it.
    /// </remarks>
    public static EvidenceOutcome Authenticate(ReadOnlyMemory<byte> envelope, TrustedIssuers issuers)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        if (!DsseEnvelope.TryParse(envelope, out var dsse, out var fault))
        {
            return Invalid(EvidenceCause.Malformed, $"Not a DSSE envelope: {fault}.");
        }

        if (dsse.PayloadType != InTotoStatement.PayloadType)
        {
            return Invalid(EvidenceCause.Malformed, $"The payload type must be {InTotoStatement.PayloadType}.");
        }

        if (dsse.Signatures is not [var signature])
        {
            return Invalid(EvidenceCause.Malformed, "Evidence has exactly one signature; post one envelope per signer.");
        }

        if (issuers.SignerOf(PreAuthenticationEncoding.Of(dsse.PayloadType, dsse.Payload.Span), signature) is not { } issuer)
        {
            return Invalid(EvidenceCause.Untrusted, "No key that the agreement trusts made this signature over these bytes.");
        }

        var faults = new Faults();
        if (InTotoStatement.Read(dsse.Payload, faults) is not { } statement)
        {
            return Invalid(EvidenceCause.Malformed, $"Not a statement that we can read: {faults.First}.");
        }

        if (!issuer.MayIssue(statement.Predicate.Type))
        {
            return Invalid(EvidenceCause.Untrusted, $"{issuer.Name} may not issue {statement.Predicate.Type}.");
        }

        if (statement.Predicate.Deployments.FirstOrDefault(d => !issuer.MaySpeakFor(d)) is { } foreign)
        {
            return Invalid(EvidenceCause.OutOfScope, $"{issuer.Name} does not speak for the deployment {foreign}.");
        }

        var canonical = EvidenceId.Of(dsse.NamingKey(issuer.Key).ToJson());
        return new EvidenceOutcome.Valid(new(EvidenceId.Of(envelope.Span), canonical, Hash.Of(dsse.Payload.Span), issuer, statement));
    }

    private static EvidenceOutcome.Invalid Invalid(EvidenceCause cause, string message) => new(new(cause, message));
}
