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

namespace Holdpoint.Gateway.Tests.Provenance;

/// <summary>A fresh key, trusted for every predicate, and statements by it.</summary>
internal sealed class Signer(string name = "registry", string party = "agency") : IDisposable
{
    public static readonly EvidenceUse Use = new("red-lines", "analysts-cloud", "analyst-7");

    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    public Issuer Issuer => field ??= new(name, party, _key.PublicKey, PredicateType.All, new(2030, 12, 31));

    public byte[] Sign(Predicate predicate, params ImmutableArray<StatementSubject> subjects) =>
        DsseEnvelope.Sign(InTotoStatement.PayloadType, new InTotoStatement(subjects, predicate).ToJson(), _key).ToJson();

    public byte[] Revoke(params IEnumerable<Hash> digests) =>
        Sign(new Revocation(), [.. digests.Select(d => new StatementSubject(null, d))]);

    public VerifiedStatement Verified(Predicate predicate, params ImmutableArray<StatementSubject> subjects) =>
        ((EvidenceOutcome.Valid)EvidenceVerifier.Authenticate(Sign(predicate, subjects), new([Issuer]))).Statement;

    /// <summary>A statement about these lines.</summary>
    public VerifiedStatement About(params IEnumerable<string> lines) => Verified(new DatasetProvenance { Chunks = Chunks(lines) });

    public static ChunkList Chunks(params IEnumerable<string> lines) =>
        ChunkList.Create(lines.Select(l => Hash.Of(Encoding.UTF8.GetBytes(l))));

    public static Authority Authority(Selectors? selectors = null, DateTimeOffset? expires = null) => new()
    {
        Agreement = Use.Agreement,
        Deployment = Use.Deployment,
        Principals = [Use.Principal],
        Selectors = selectors ?? Selectors.None,
        Validity = new(null, expires ?? new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
    };

    public void Dispose() => _key.Dispose();
}
