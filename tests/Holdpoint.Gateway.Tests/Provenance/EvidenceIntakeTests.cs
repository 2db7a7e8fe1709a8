using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Provenance;

public sealed class EvidenceIntakeTests : IAsyncLifetime
{
    private static readonly string Line = new('x', 64);

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Signer _registry = new();
    private readonly Signer _court = new("court", "court");
    private readonly Signer _other = new("deputy");
    private Store _store = null!;
    private EvidenceCatalog _catalog = null!;
    private EvidenceIntake _intake = null!;

    public async ValueTask InitializeAsync() => await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _registry.Dispose();
        _court.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Posted_evidence_can_be_named()
    {
        var envelope = _registry.Sign(Dataset());

        var id = await AcceptAsync(envelope);

        Assert.Equal(EvidenceId.Of(envelope), id);
        var named = Resolve(id);
        Assert.Null(named.Fault);
        Assert.Equal(id, Assert.Single(named.Datasets).Id);
        Assert.Null(named.Authority);
    }

    [Fact]
    public async Task A_caller_does_not_wait_for_ever_on_a_stuck_store_and_what_was_taken_comes_into_force()
    {
        var envelope = _registry.Sign(Dataset());
        using var intake = new EvidenceIntake(() => _catalog, _store, _time, longestWait: TimeSpan.FromMilliseconds(50));
        using var stuck = new ManualResetEventSlim();
        var holding = _store.WriteAsync(
            _ =>
            {
                stuck.Wait(Cancellation);
                return 0;
            },
            Cancellation);

        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.AcceptAsync(envelope, Cancellation));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.AcceptAsync(envelope, Cancellation));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.PauseAsync(Cancellation));

        stuck.Set();
        await holding;
        await Eventually.MeetAsync(() => _catalog.Current.Find(EvidenceId.Of(envelope)) is not null, "the statement to be in force");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_at_the_gate_while_its_key_is_taken_out_is_not_taken_in(bool isReplaced)
    {
        using var successor = new Signer();
        byte[][] envelopes = [_registry.Sign(Dataset()), _registry.Revoke(Hash.Of("x"u8))];
        var pause = await _intake.PauseAsync(Cancellation);
        var waiting = envelopes.Select(envelope => _intake.AcceptAsync(envelope, Cancellation)).ToArray();
        Assert.All(waiting, post => Assert.False(post.IsCompleted));

        _catalog = EvidenceCatalog.Empty(new(isReplaced ? [_court.Issuer, successor.Issuer] : [_court.Issuer]));
        pause.Dispose();

        foreach (var post in waiting)
        {
            AssertRefused(EvidenceCause.Untrusted, await post);
        }

        Assert.All(envelopes, envelope => AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope))));
        await ReopenAsync();
        Assert.All(envelopes, envelope => AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope))));
    }

    [Fact]
    public async Task What_waits_at_the_gate_while_its_key_stays_is_taken_in_under_the_new_agreement()
    {
        var envelope = _registry.Sign(Dataset());
        var pause = await _intake.PauseAsync(Cancellation);
        var waiting = _intake.AcceptAsync(envelope, Cancellation);

        _catalog = EvidenceCatalog.Empty(new([_registry.Issuer]));
        pause.Dispose();

        Assert.IsType<IntakeOutcome.Accepted>(await waiting);
        Assert.Null(Resolve(EvidenceId.Of(envelope)).Fault);
    }

    [Fact]
    public async Task Posting_the_same_bytes_again_changes_nothing()
    {
        var envelope = _registry.Sign(Dataset());

        Assert.Equal(await AcceptAsync(envelope), await AcceptAsync(envelope));
        Assert.Equal(1, _catalog.Current.Statements);
    }

    [Fact]
    public async Task Evidence_survives_a_restart()
    {
        var dataset = await AcceptAsync(_registry.Sign(Dataset()));
        var authority = await AcceptAsync(_court.Sign(Signer.Authority()));

        await ReopenAsync();

        var named = Resolve(dataset, authority);
        Assert.Null(named.Fault);
        Assert.Equal(dataset, Assert.Single(named.Datasets).Id);
        Assert.Equal(authority, named.Authority?.Id);
    }

    [Fact]
    public async Task What_nobody_posted_is_unknown()
    {
        var good = await AcceptAsync(_registry.Sign(Dataset()));

        AssertFault(EvidenceCause.Unknown, Resolve(good, EvidenceId.Of("never posted"u8)));
    }

    [Fact]
    public async Task What_does_not_verify_is_not_kept()
    {
        using var stranger = new Signer();
        byte[][] bad = [[], "{}"u8.ToArray(), stranger.Sign(Dataset())];

        foreach (var envelope in bad)
        {
            Assert.IsType<IntakeOutcome.Refused>(await _intake.AcceptAsync(envelope, Cancellation));
            AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
        }
    }

    [Fact]
    public async Task A_proof_is_not_kept_and_cannot_be_named()
    {
        var envelope = _registry.Sign(
            new Proof { Agreement = "red-lines", Analysis = 1, Solvers = ["z3"], Theorems = ["T1"], Issued = _time.GetUtcNow() },
            new StatementSubject(Proof.SubjectName, Hash.Of("bundle"u8)));

        var refused = Assert.IsType<IntakeOutcome.Refused>(await _intake.AcceptAsync(envelope, Cancellation));

        Assert.Equal(EvidenceCause.OutOfScope, refused.Fault.Cause);
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
    }

    [Fact]
    public async Task Evidence_expires_while_it_lies_there()
    {
        var authority = _court.Sign(Signer.Authority(expires: _time.GetUtcNow().AddHours(1)));
        var id = await AcceptAsync(authority);
        Assert.Null(Resolve(id).Fault);

        _time.Advance(TimeSpan.FromHours(1));

        AssertFault(EvidenceCause.Expired, Resolve(id));
        AssertRefused(EvidenceCause.Expired, await _intake.AcceptAsync(authority, Cancellation));
        await ReopenAsync();
        AssertFault(EvidenceCause.Expired, Resolve(id));
    }

    [Fact]
    public async Task Evidence_for_later_is_kept_and_holds_from_its_beginning()
    {
        var id = await AcceptAsync(_registry.Sign(
            new DatasetProvenance { Chunks = Signer.Chunks(Line), Validity = new(_time.GetUtcNow().AddHours(1), null) }));
        AssertFault(EvidenceCause.NotYetValid, Resolve(id));

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null(Resolve(id).Fault);
    }

    [Fact]
    public async Task Revoked_evidence_holds_no_longer_also_after_a_restart()
    {
        var envelope = _registry.Sign(Dataset());
        var id = await AcceptAsync(envelope);

        await AcceptAsync(_other.Revoke(id.Digest));

        AssertFault(EvidenceCause.Revoked, Resolve(id));
        AssertRefused(EvidenceCause.Revoked, await _intake.AcceptAsync(envelope, Cancellation));
        await ReopenAsync();
        AssertFault(EvidenceCause.Revoked, Resolve(id));
    }

    [Fact]
    public async Task A_revoked_statement_does_not_come_back_in_another_envelope()
    {
        var envelope = _registry.Sign(Dataset());
        var posted = await AcceptAsync(Wrapped(envelope));
        await AcceptAsync(_registry.Revoke(posted.Digest));

        AssertRefused(EvidenceCause.Revoked, await _intake.AcceptAsync(envelope, Cancellation));
        await ReopenAsync();
        AssertRefused(EvidenceCause.Revoked, await _intake.AcceptAsync(envelope, Cancellation));
    }

    [Fact]
    public async Task A_revocation_by_the_digest_of_the_statement_reaches_what_is_posted_later()
    {
        var envelope = _registry.Sign(Dataset());
        Assert.True(DsseEnvelope.TryParse(envelope, out var dsse, out _));

        await AcceptAsync(_registry.Revoke(Hash.Of(dsse.Payload.Span)));

        AssertRefused(EvidenceCause.Revoked, await _intake.AcceptAsync(envelope, Cancellation));
        AssertRefused(EvidenceCause.Revoked, await _intake.AcceptAsync(Wrapped(envelope), Cancellation));
    }

    [Fact]
    public async Task A_party_revokes_only_its_own_statements()
    {
        var id = await AcceptAsync(_registry.Sign(Dataset()));

        AssertRefused(EvidenceCause.Untrusted, await _intake.AcceptAsync(_court.Revoke(id.Digest), Cancellation));
        Assert.Null(Resolve(id).Fault);
    }

    [Fact]
    public async Task A_revocation_of_another_partys_statement_has_no_effect_when_it_comes_first()
    {
        var envelope = _registry.Sign(Dataset());
        await AcceptAsync(_court.Revoke(EvidenceId.Of(envelope).Digest));

        Assert.Null(Resolve(await AcceptAsync(envelope)).Fault);
    }

    [Fact]
    public async Task A_revocation_outlives_the_trust_in_the_key_that_made_it()
    {
        var id = await AcceptAsync(_registry.Sign(Dataset()));
        await AcceptAsync(_other.Revoke(id.Digest));

        await ReopenAsync(new TrustedIssuers([_registry.Issuer]));

        AssertFault(EvidenceCause.Revoked, Resolve(id));
    }

    [Fact]
    public async Task Evidence_whose_key_is_no_longer_trusted_holds_no_longer()
    {
        var id = await AcceptAsync(_registry.Sign(Dataset()));

        await ReopenAsync(new TrustedIssuers([_court.Issuer]));

        AssertFault(EvidenceCause.Untrusted, Resolve(id));
    }

    [Fact]
    public async Task Evidence_out_of_scope_refuses_the_call()
    {
        var id = await AcceptAsync(_court.Sign(Signer.Authority()));

        var named = _catalog.Resolve([id], Signer.Use with { Principal = "somebody-else" }, _time.GetUtcNow());

        AssertFault(EvidenceCause.OutOfScope, named);
        Assert.Contains(id.ToString(), named.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_is_no_evidence_for_a_call() =>
        AssertFault(EvidenceCause.OutOfScope, Resolve(await AcceptAsync(_registry.Revoke(Hash.Of("x"u8)))));

    [Fact]
    public async Task A_call_rests_on_one_authority()
    {
        var envelope = _court.Sign(Signer.Authority());
        var first = await AcceptAsync(envelope);
        var copy = await AcceptAsync(Wrapped(envelope));
        var second = await AcceptAsync(_court.Sign(Signer.Authority(new Selectors { Classes = ["health"] })));

        Assert.Null(Resolve(first, copy).Fault);
        AssertFault(EvidenceCause.TooMuch, Resolve(first, second));
    }

    [Fact]
    public async Task A_statement_named_in_two_envelopes_counts_once()
    {
        var envelope = _registry.Sign(Dataset());

        var named = Resolve(await AcceptAsync(envelope), await AcceptAsync(Wrapped(envelope)));

        Assert.Single(named.Datasets);
    }

    [Fact]
    public async Task The_catalog_is_bounded()
    {
        await ReopenAsync(limits: new() { Statements = 3, ChunkDigests = 3, EnvelopesPerStatement = 2 });
        var envelope = _registry.Sign(Dataset());

        await AcceptAsync(envelope);
        await AcceptAsync(Wrapped(envelope));
        AssertRefused(EvidenceCause.TooMuch, await _intake.AcceptAsync(Wrapped(Wrapped(envelope)), Cancellation));
        AssertRefused(EvidenceCause.TooMuch, await _intake.AcceptAsync(
            _registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks(Line + "1", Line + "2") }), Cancellation));
        await AcceptAsync(_registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks(Line + "1") }));
        AssertRefused(EvidenceCause.TooMuch, await _intake.AcceptAsync(_court.Sign(Signer.Authority()), Cancellation));
    }

    [Fact]
    public async Task A_catalog_that_was_larger_once_says_what_it_left_out()
    {
        var first = await AcceptAsync(_registry.Sign(Dataset()));
        var second = await AcceptAsync(_court.Sign(Signer.Authority()));

        await ReopenAsync(limits: new() { Statements = 1 });

        Assert.Null(Resolve(first).Fault);
        AssertFault(EvidenceCause.TooMuch, Resolve(second));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_accepted()
    {
        var envelope = _registry.Sign(Dataset());
        await _store.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _intake.AcceptAsync(envelope, Cancellation));
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
    }

    [Fact]
    public async Task Many_postings_at_once_are_all_kept()
    {
        var envelopes = Enumerable.Range(0, 50)
            .Select(i => _registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks($"{Line}{i}") }))
            .ToArray();

        await Task.WhenAll(envelopes.Select(e => Task.Run(() => AcceptAsync(e))));

        Assert.All(envelopes, e => Assert.Null(Resolve(EvidenceId.Of(e)).Fault));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DatasetProvenance Dataset() => new() { Origin = "domestic", Chunks = Signer.Chunks(Line) };

    /// <summary>The same statement in an envelope of other bytes, which takes no key.</summary>
    private static byte[] Wrapped(byte[] envelope) => [.. envelope, (byte)' '];

    private async Task<EvidenceId> AcceptAsync(byte[] envelope)
    {
        var outcome = await _intake.AcceptAsync(envelope, Cancellation);
        return Assert.IsType<IntakeOutcome.Accepted>(outcome).Id;
    }

    private NamedEvidence Resolve(params ReadOnlySpan<EvidenceId> named) => _catalog.Resolve([.. named], Signer.Use, _time.GetUtcNow());

    private static void AssertFault(EvidenceCause cause, NamedEvidence named)
    {
        Assert.Equal(cause, named.Fault?.Cause);
        Assert.Empty(named.Datasets);
        Assert.Null(named.Authority);
    }

    private static void AssertRefused(EvidenceCause cause, IntakeOutcome outcome) =>
        Assert.Equal(cause, Assert.IsType<IntakeOutcome.Refused>(outcome).Fault.Cause);

    private async Task ReopenAsync(TrustedIssuers? issuers = null, EvidenceLimits? limits = null)
    {
        await CloseAsync();
        await OpenAsync(issuers, limits);
    }

    private async Task OpenAsync(TrustedIssuers? issuers = null, EvidenceLimits? limits = null)
    {
        _store = GatewayStore.Open(new StoreOptions { Path = _folder["holdpoint.db"] }, _time);
        _catalog = await EvidenceCatalog.LoadAsync(
            _store, issuers ?? new([_registry.Issuer, _court.Issuer, _other.Issuer]), limits ?? new(), _time.GetUtcNow(), Cancellation);
        _intake = new(() => _catalog, _store, _time);
    }

    private async Task CloseAsync()
    {
        _intake.Dispose();
        await _store.DisposeAsync();
    }
}
