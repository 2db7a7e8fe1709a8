using System.Collections.Immutable;
using System.Text;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>An issuer with a key of its own, and the line by which an agreement trusts it.</summary>
internal sealed class TestIssuer(string name, string party, params string[] predicates) : IDisposable
{
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    /// <summary>The person that the key signs for; null for none.</summary>
    public string? Person { get; init; }

    public string KeyId => Evidence.Dsse.KeyId.Of(_key.PublicKey);

    public string Line =>
        $"- {{ name: {name}, party: {party}, key: \"{Convert.ToBase64String(_key.PublicKey.Bytes.ToArray())}\", predicates: "
        + $"[{string.Join(", ", predicates)}], until: 2099-12-31{(Person is null ? "" : $", person: {Person}")} }}";

    /// <summary>Attests every line of the text that is long enough.</summary>
    public byte[] Attest(string text, string acquisition = "commercial", string origin = "domestic", long subjects = 250_000) => Sign(
        [new("rows", Hash.Of(Encoding.UTF8.GetBytes(text)))],
        new DatasetProvenance
        {
            Origin = origin,
            Jurisdiction = "us",
            Acquisition = acquisition,
            Consent = "none",
            Classes = ["geolocation", "identifiers"],
            Subjects = subjects,
            Chunks = ChunkList.Create(
                text.Split('\n').Select(Encoding.UTF8.GetBytes).Where(line => line.Length >= 64).Select(line => Hash.Of(line)).Distinct()),
        });

    public byte[] Order(EvidenceId dataset, string deployment = "analysts-cloud", string principal = "analyst-7") => Sign(
        [new("dataset", dataset.Digest)],
        new Authority
        {
            Agreement = "red-lines",
            Deployment = deployment,
            Principals = [principal],
            Basis = "courtOrder",
            Case = "2026-0417",
            Purpose = "bulkAnalysis",
            Selectors = new Selectors { Datasets = [dataset] },
            Validity = new(null, new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero)),
        });

    /// <summary>An approval, or a refusal, of a hold.</summary>
    public byte[] Decide(string hold, Hash digest, bool approves = true, string seat = "reviewer", DateTimeOffset? issued = null) => Sign(
        [new(null, digest)],
        new Approval { Hold = hold, Seat = seat, IsApproved = approves, Issued = issued ?? DateTimeOffset.UtcNow });

    public byte[] Revoke(EvidenceId id) => Sign([new("statement", id.Digest)], new Revocation());

    public byte[] Sign(ImmutableArray<StatementSubject> subjects, Predicate predicate) =>
        DsseEnvelope.Sign(InTotoStatement.PayloadType, new InTotoStatement(subjects, predicate).ToJson(), _key).ToJson();

    public void Dispose() => _key.Dispose();
}
