using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Provenance;

/// <summary>A catalog, its store and its intake, and three keys: two of the agency and one of the court.</summary>
public abstract class IntakeFixture : IAsyncLifetime
{
    private protected static readonly string Line = new('x', 64);

    private readonly TempFolder _folder = new();
    private protected ManualTimeProvider Time { get; } = new();
    private protected Signer Registry { get; } = new();
    private protected Signer Court { get; } = new("court", "court");
    private protected Signer Deputy { get; } = new("deputy");
    private protected Store Store { get; private set; } = null!;
    private protected RecordLog Records { get; private set; } = null!;
    /// <summary>What calls name statements from; a reload puts another in its place.</summary>
    private protected EvidenceCatalog Catalog { get; set; } = null!;
    private protected EvidenceIntake Intake { get; private set; } = null!;

    public async ValueTask InitializeAsync() => await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Registry.Dispose();
        Court.Dispose();
        Deputy.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static DatasetProvenance Dataset() => new() { Origin = "domestic", Chunks = Signer.Chunks(Line) };

    /// <summary>The same statement in an envelope of other bytes, which takes no key.</summary>
    private protected static byte[] Wrapped(byte[] envelope) => [.. envelope, (byte)' '];

    private protected async Task<EvidenceId> AcceptAsync(byte[] envelope, string poster = "loader")
    {
        var outcome = await PostAsync(envelope, poster);
        return Assert.IsType<IntakeOutcome.Accepted>(outcome).Id;
    }

    private protected Task<IntakeOutcome> PostAsync(byte[] envelope, string poster = "loader") =>
        Intake.AcceptAsync(envelope, Posting(poster), Cancellation);

    private protected static Func<RecordDraft> Posting(string poster) => () =>
        new() { Kind = RecordKind.Evidence, Deployment = "analysts-cloud", Principal = poster, Verdict = RecordedVerdict.Permit };

    private protected NamedEvidence Resolve(params ReadOnlySpan<EvidenceId> named) =>
        Catalog.Resolve([.. named], Signer.Use, Time.GetUtcNow());

    private protected static void AssertFault(EvidenceCause cause, NamedEvidence named)
    {
        Assert.Equal(cause, named.Fault?.Cause);
        Assert.Empty(named.Datasets);
        Assert.Null(named.Authority);
    }

    private protected static void AssertRefused(EvidenceCause cause, IntakeOutcome outcome) =>
        Assert.Equal(cause, Assert.IsType<IntakeOutcome.Refused>(outcome).Fault.Cause);

    private protected async Task ReopenAsync(TrustedIssuers? issuers = null, EvidenceLimits? limits = null)
    {
        await CloseAsync();
        await OpenAsync(issuers, limits);
    }

    private async Task OpenAsync(TrustedIssuers? issuers = null, EvidenceLimits? limits = null)
    {
        Store = GatewayStore.Open(new StoreOptions { Path = _folder["holdpoint.db"] }, Time);
        Catalog = await EvidenceCatalog.LoadAsync(
            Store, issuers ?? new([Registry.Issuer, Court.Issuer, Deputy.Issuer]), limits ?? new(), Time.GetUtcNow(), Cancellation);
        Records = await RecordLog.OpenAsync(Store, Time, cancellationToken: Cancellation);
        Intake = new(() => Catalog, Records, Time);
    }

    private async Task CloseAsync()
    {
        Intake.Dispose();
        await Store.DisposeAsync();
    }
}
