using System.Collections.Immutable;
using System.Text;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Tests;

/// <summary>A signer for tests: a fresh key and what it is trusted for.</summary>
internal sealed class Party : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Party(
        string name = "registry", string party = "agency", ImmutableArray<PredicateType> predicates = default,
        DateOnly? until = null, ImmutableArray<string> deployments = default)
    {
        Issuer = new(
            name, party, Key.PublicKey, predicates.IsDefault ? PredicateType.All : predicates, until ?? new(2030, 12, 31), deployments);
        Trusted = new([Issuer]);
    }

    public Ed25519PrivateKey Key { get; } = Ed25519PrivateKey.Generate();

    public Issuer Issuer { get; }

    public TrustedIssuers Trusted { get; }

    public byte[] Sign(Predicate predicate, params ImmutableArray<StatementSubject> subjects) =>
        SignPayload(new InTotoStatement(subjects, predicate).ToJson());

    public byte[] SignPayload(byte[] payload, string type = InTotoStatement.PayloadType) =>
        DsseEnvelope.Sign(type, payload, Key).ToJson();

    public byte[] SignPayload(string payload) => SignPayload(Encoding.UTF8.GetBytes(payload));

    public VerifiedStatement Verified(Predicate predicate, params ImmutableArray<StatementSubject> subjects) =>
        Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Verify(Sign(predicate, subjects), Trusted, Now)).Statement;

    public static DatasetProvenance Dataset(params string[] lines) => new()
    {
        Origin = "domestic",
        Jurisdiction = "us",
        Acquisition = "commercial",
        Consent = "none",
        Classes = ["geolocation", "identifiers"],
        Subjects = 2_000,
        Chunks = ChunkList.Create(lines.DefaultIfEmpty(new string('x', 64)).Select(l => Hash.Of(Encoding.UTF8.GetBytes(l)))),
    };

    public static Authority Authority(Selectors? selectors = null) => new()
    {
        Agreement = "red-lines",
        Deployment = "analysts-cloud",
        Principals = ["analyst-7", "analyst-9"],
        Basis = "courtOrder",
        Case = "26-0193",
        Purpose = "lawEnforcement",
        Selectors = selectors ?? Selectors.None,
        Validity = new(null, Now.AddDays(30)),
    };

    public void Dispose() => Key.Dispose();
}
