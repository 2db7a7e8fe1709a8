using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Provenance;

public sealed class EvidenceIntakeTests : IntakeFixture
{
    [Fact]
    public async Task Posted_evidence_can_be_named()
    {
        var envelope = Registry.Sign(Dataset());

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
        var envelope = Registry.Sign(Dataset());
        using var intake = new EvidenceIntake(() => Catalog, Records, Time, longestWait: TimeSpan.FromMilliseconds(50));
        using var stuck = new ManualResetEventSlim();
        var holding = Store.WriteAsync(
            _ =>
            {
                stuck.Wait(Cancellation);
                return 0;
            },
            Cancellation);

        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.AcceptAsync(envelope, Posting("loader"), Cancellation));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.AcceptAsync(envelope, Posting("loader"), Cancellation));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.PauseAsync(Cancellation));

        stuck.Set();
        await holding;
        await Eventually.MeetAsync(() => Catalog.Current.Find(EvidenceId.Of(envelope)) is not null, "the statement to be in force");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_at_the_gate_while_its_key_is_taken_out_is_not_taken_in(bool isReplaced)
    {
        using var successor = new Signer();
        byte[][] envelopes = [Registry.Sign(Dataset()), Registry.Revoke(Hash.Of("x"u8))];
        var pause = await Intake.PauseAsync(Cancellation);
        var waiting = envelopes.Select(envelope => PostAsync(envelope)).ToArray();
        Assert.All(waiting, post => Assert.False(post.IsCompleted));

        Catalog = EvidenceCatalog.Empty(new(isReplaced ? [Court.Issuer, successor.Issuer] : [Court.Issuer]));
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
        var envelope = Registry.Sign(Dataset());
        var pause = await Intake.PauseAsync(Cancellation);
        var waiting = PostAsync(envelope);

        Catalog = EvidenceCatalog.Empty(new([Registry.Issuer]));
        pause.Dispose();

        Assert.IsType<IntakeOutcome.Accepted>(await waiting);
        Assert.Null(Resolve(EvidenceId.Of(envelope)).Fault);
    }

    [Fact]
    public async Task What_waits_at_the_gate_while_its_poster_is_taken_out_is_not_taken_in()
    {
        var envelope = Registry.Sign(Dataset());
        var pause = await Intake.PauseAsync(Cancellation);
        var waiting = Intake.AcceptAsync(envelope, () => Posting("loader")() with { Relies = new Gone() }, Cancellation);

        pause.Dispose();

        Assert.Equal(RecordFault.Superseded, (await Assert.ThrowsAsync<RecordUnavailableException>(() => waiting)).Fault);
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
        await ReopenAsync();
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
    }

    [Fact]
    public async Task Posting_the_same_bytes_again_changes_nothing()
    {
        var envelope = Registry.Sign(Dataset());

        Assert.Equal(await AcceptAsync(envelope), await AcceptAsync(envelope));
        Assert.Equal(1, Catalog.Current.Statements);
    }

    [Fact]
    public async Task Evidence_survives_a_restart()
    {
        var dataset = await AcceptAsync(Registry.Sign(Dataset()));
        var authority = await AcceptAsync(Court.Sign(Signer.Authority()));

        await ReopenAsync();

        var named = Resolve(dataset, authority);
        Assert.Null(named.Fault);
        Assert.Equal(dataset, Assert.Single(named.Datasets).Id);
        Assert.Equal(authority, named.Authority?.Id);
    }

    [Fact]
    public async Task What_nobody_posted_is_unknown()
    {
        var good = await AcceptAsync(Registry.Sign(Dataset()));

        AssertFault(EvidenceCause.Unknown, Resolve(good, EvidenceId.Of("never posted"u8)));
    }

    [Fact]
    public async Task What_does_not_verify_is_not_kept()
    {
        using var stranger = new Signer();
        byte[][] bad = [[], "{}"u8.ToArray(), stranger.Sign(Dataset())];

        foreach (var envelope in bad)
        {
            Assert.IsType<IntakeOutcome.Refused>(await PostAsync(envelope));
            AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
        }
    }

    [Fact]
    public async Task A_proof_is_not_kept_and_cannot_be_named()
    {
        var envelope = Registry.Sign(
            new Proof { Agreement = "red-lines", Analysis = 1, Solvers = ["z3"], Theorems = ["T1"], Issued = Time.GetUtcNow() },
            new StatementSubject(Proof.SubjectName, Hash.Of("bundle"u8)));

        var refused = Assert.IsType<IntakeOutcome.Refused>(await PostAsync(envelope));

        Assert.Equal(EvidenceCause.OutOfScope, refused.Fault.Cause);
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
    }

    [Fact]
    public async Task Evidence_expires_while_it_lies_there()
    {
        var authority = Court.Sign(Signer.Authority(expires: Time.GetUtcNow().AddHours(1)));
        var id = await AcceptAsync(authority);
        Assert.Null(Resolve(id).Fault);

        Time.Advance(TimeSpan.FromHours(1));

        AssertFault(EvidenceCause.Expired, Resolve(id));
        AssertRefused(EvidenceCause.Expired, await PostAsync(authority));
        await ReopenAsync();
        AssertFault(EvidenceCause.Expired, Resolve(id));
    }

    [Fact]
    public async Task Evidence_for_later_is_kept_and_holds_from_its_beginning()
    {
        var id = await AcceptAsync(Registry.Sign(
            new DatasetProvenance { Chunks = Signer.Chunks(Line), Validity = new(Time.GetUtcNow().AddHours(1), null) }));
        AssertFault(EvidenceCause.NotYetValid, Resolve(id));

        Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(Resolve(id).Fault);
    }

    [Fact]
    public async Task Revoked_evidence_holds_no_longer_also_after_a_restart()
    {
        var envelope = Registry.Sign(Dataset());
        var id = await AcceptAsync(envelope);

        await AcceptAsync(Deputy.Revoke(id.Digest));

        AssertFault(EvidenceCause.Revoked, Resolve(id));
        AssertRefused(EvidenceCause.Revoked, await PostAsync(envelope));
        await ReopenAsync();
        AssertFault(EvidenceCause.Revoked, Resolve(id));
    }

    [Fact]
    public async Task A_revoked_statement_does_not_come_back_in_another_envelope()
    {
        var envelope = Registry.Sign(Dataset());
        var posted = await AcceptAsync(Wrapped(envelope));
        await AcceptAsync(Registry.Revoke(posted.Digest));

        AssertRefused(EvidenceCause.Revoked, await PostAsync(envelope));
        await ReopenAsync();
        AssertRefused(EvidenceCause.Revoked, await PostAsync(envelope));
    }

    [Fact]
    public async Task A_revocation_by_the_digest_of_the_statement_reaches_what_is_posted_later()
    {
        var envelope = Registry.Sign(Dataset());
        Assert.True(DsseEnvelope.TryParse(envelope, out var dsse, out _));

        await AcceptAsync(Registry.Revoke(Hash.Of(dsse.Payload.Span)));

        AssertRefused(EvidenceCause.Revoked, await PostAsync(envelope));
        AssertRefused(EvidenceCause.Revoked, await PostAsync(Wrapped(envelope)));
    }

    [Fact]
    public async Task A_party_revokes_only_its_own_statements()
    {
        var id = await AcceptAsync(Registry.Sign(Dataset()));

        AssertRefused(EvidenceCause.Untrusted, await PostAsync(Court.Revoke(id.Digest)));
        Assert.Null(Resolve(id).Fault);
    }

    [Fact]
    public async Task A_revocation_of_another_partys_statement_has_no_effect_when_it_comes_first()
    {
        var envelope = Registry.Sign(Dataset());
        await AcceptAsync(Court.Revoke(EvidenceId.Of(envelope).Digest));

        Assert.Null(Resolve(await AcceptAsync(envelope)).Fault);
    }

    [Fact]
    public async Task What_a_removed_key_revoked_is_gone_with_it_and_what_another_key_revoked_too_is_not()
    {
        var first = await AcceptAsync(Registry.Sign(Dataset()));
        var second = await AcceptAsync(Registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks(Line + "2") }));
        await AcceptAsync(Deputy.Revoke(first.Digest, second.Digest));
        await AcceptAsync(Registry.Revoke(second.Digest));

        await ReopenAsync(new TrustedIssuers([Registry.Issuer]));

        Assert.Null(Resolve(first).Fault);
        AssertFault(EvidenceCause.Revoked, Resolve(second));
    }

    [Fact]
    public async Task Evidence_whose_key_is_no_longer_trusted_holds_no_longer()
    {
        var id = await AcceptAsync(Registry.Sign(Dataset()));

        await ReopenAsync(new TrustedIssuers([Court.Issuer]));

        AssertFault(EvidenceCause.Untrusted, Resolve(id));
    }

    [Fact]
    public async Task Evidence_out_of_scope_refuses_the_call()
    {
        var id = await AcceptAsync(Court.Sign(Signer.Authority()));

        var named = Catalog.Resolve([id], Signer.Use with { Principal = "somebody-else" }, Time.GetUtcNow());

        AssertFault(EvidenceCause.OutOfScope, named);
        Assert.Contains(id.ToString(), named.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_is_no_evidence_for_a_call() =>
        AssertFault(EvidenceCause.OutOfScope, Resolve(await AcceptAsync(Registry.Revoke(Hash.Of("x"u8)))));

    [Fact]
    public async Task A_call_rests_on_one_authority()
    {
        var envelope = Court.Sign(Signer.Authority());
        var first = await AcceptAsync(envelope);
        var copy = await AcceptAsync(Wrapped(envelope));
        var second = await AcceptAsync(Court.Sign(Signer.Authority(new Selectors { Classes = ["health"] })));

        Assert.Null(Resolve(first, copy).Fault);
        AssertFault(EvidenceCause.TooMuch, Resolve(first, second));
    }

    [Fact]
    public async Task A_statement_named_in_two_envelopes_counts_once()
    {
        var envelope = Registry.Sign(Dataset());

        var named = Resolve(await AcceptAsync(envelope), await AcceptAsync(Wrapped(envelope)));

        Assert.Single(named.Datasets);
    }

    [Fact]
    public async Task The_catalog_is_bounded_for_each_party()
    {
        await ReopenAsync(limits: new() { Statements = 2, ChunkDigests = 2 });
        var envelope = Registry.Sign(Dataset());

        await AcceptAsync(envelope);
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(
            Registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks(Line + "1", Line + "2") })));
        await AcceptAsync(Registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks(Line + "1") }));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Deputy.Sign(Signer.Authority())));

        await AcceptAsync(Wrapped(envelope));
        await AcceptAsync(Court.Sign(Signer.Authority()));
    }

    [Fact]
    public async Task A_catalog_that_was_larger_once_says_what_it_left_out()
    {
        var first = await AcceptAsync(Registry.Sign(Dataset()));
        var second = await AcceptAsync(Deputy.Sign(Signer.Authority()));

        await ReopenAsync(limits: new() { Statements = 1 });

        Assert.Null(Resolve(first).Fault);
        AssertFault(EvidenceCause.TooMuch, Resolve(second));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_accepted()
    {
        var envelope = Registry.Sign(Dataset());
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<RecordUnavailableException>(() => PostAsync(envelope));
        AssertFault(EvidenceCause.Unknown, Resolve(EvidenceId.Of(envelope)));
    }

    [Fact]
    public async Task Many_postings_at_once_are_all_kept()
    {
        var envelopes = Enumerable.Range(0, 50)
            .Select(i => Registry.Sign(new DatasetProvenance { Chunks = Signer.Chunks($"{Line}{i}") }))
            .ToArray();

        await Task.WhenAll(envelopes.Select(e => Task.Run(() => AcceptAsync(e))));

        Assert.All(envelopes, e => Assert.Null(Resolve(EvidenceId.Of(e)).Fault));
    }

    private sealed class Gone : IReliance
    {
        public bool StillHolds() => false;
    }
}
