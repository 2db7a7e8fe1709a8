using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Tests.Provenance;

/// <summary>
/// What tightens is never refused for want of room, nobody's postings use up what is another's, and copies harm nobody.
/// </summary>
public sealed class EvidenceRoomTests : IntakeFixture
{
    [Fact]
    public async Task A_full_catalog_takes_revocations_of_what_is_in_it()
    {
        await ReopenAsync(limits: new() { Statements = 2, ChunkDigests = 2, RevokedInAdvance = 0 });
        var first = await AcceptAsync(Registry.Sign(Dataset()));
        var second = await AcceptAsync(Registry.Sign(Numbered(1)));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Registry.Sign(Numbered(2))));

        await AcceptAsync(Deputy.Revoke(first.Digest));
        await AcceptAsync(Registry.Revoke(DigestOf(Registry.Sign(Numbered(1)))));

        AssertFault(EvidenceCause.Revoked, Resolve(first));
        AssertFault(EvidenceCause.Revoked, Resolve(second));
        await ReopenAsync(limits: new() { Statements = 2, ChunkDigests = 2, RevokedInAdvance = 0 });
        AssertFault(EvidenceCause.Revoked, Resolve(first));
        AssertFault(EvidenceCause.Revoked, Resolve(second));
    }

    [Fact]
    public async Task A_key_that_has_revoked_all_it_may_in_advance_hinders_nobody_and_still_revokes_what_is_here()
    {
        await ReopenAsync(limits: new() { RevokedInAdvance = 3 });
        await AcceptAsync(Court.Revoke(Hash.Of("1"u8), Hash.Of("2"u8), Hash.Of("3"u8)));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Court.Revoke(Hash.Of("4"u8))));
        await AcceptAsync(Court.Revoke(Hash.Of("1"u8)));

        var order = await AcceptAsync(Court.Sign(Signer.Authority()));
        var rows = await AcceptAsync(Registry.Sign(Dataset()));
        await AcceptAsync(Registry.Revoke(rows.Digest, Hash.Of("5"u8)));
        await AcceptAsync(Court.Revoke(order.Digest));

        AssertFault(EvidenceCause.Revoked, Resolve(order));
        AssertFault(EvidenceCause.Revoked, Resolve(rows));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Court.Revoke(Hash.Of("4"u8))));
    }

    [Fact]
    public async Task Both_digests_of_a_statement_are_taken_though_one_of_them_is_of_nothing_here()
    {
        await ReopenAsync(limits: new() { RevokedInAdvance = 0 });
        var envelope = Registry.Sign(Dataset());
        var id = await AcceptAsync(envelope);

        await AcceptAsync(Registry.Revoke(EvidenceId.Of(Wrapped(envelope)).Digest, DigestOf(envelope)));

        AssertFault(EvidenceCause.Revoked, Resolve(id));
    }

    [Fact]
    public async Task A_key_is_revoked_by_another_of_its_party_however_much_that_has_revoked()
    {
        await ReopenAsync(limits: new() { RevokedInAdvance = 0 });
        var id = await AcceptAsync(Registry.Sign(Dataset()));

        await AcceptAsync(Deputy.Revoke(Registry.Issuer.KeyDigest));

        AssertFault(EvidenceCause.Revoked, Resolve(id));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Deputy.Revoke(Court.Issuer.KeyDigest)));
    }

    [Fact]
    public async Task What_a_removed_key_filled_is_free_again()
    {
        EvidenceLimits limits = new() { Statements = 1, RevokedInAdvance = 1 };
        await ReopenAsync(limits: limits);
        var bad = await AcceptAsync(Deputy.Sign(Numbered(1)));
        await AcceptAsync(Deputy.Revoke(Hash.Of("x"u8)));
        AssertRefused(EvidenceCause.TooMuch, await PostAsync(Registry.Sign(Dataset())));

        await ReopenAsync(new([Registry.Issuer, Court.Issuer]), limits);

        await AcceptAsync(Registry.Sign(Dataset()));
        await AcceptAsync(Registry.Revoke(Hash.Of("y"u8)));
        AssertFault(EvidenceCause.Untrusted, Resolve(bad));
    }

    [Fact]
    public async Task A_statement_that_its_partys_removed_key_revoked_in_advance_can_be_posted()
    {
        var envelope = Registry.Sign(Dataset());
        await AcceptAsync(Deputy.Revoke(DigestOf(envelope)));
        AssertRefused(EvidenceCause.Revoked, await PostAsync(envelope));

        await ReopenAsync(new([Registry.Issuer]));

        Assert.Null(Resolve(await AcceptAsync(envelope)).Fault);
    }

    [Fact]
    public async Task No_number_of_copies_shuts_out_the_envelope_of_the_issuer_nor_takes_up_room()
    {
        await ReopenAsync(limits: new() { Statements = 1, ChunkDigests = 1, CopiesPerPoster = 2 });
        var (envelope, other) = (Registry.Sign(Dataset()), Reordered(Registry.Sign(Dataset())));
        for (byte[] copy = Wrapped(envelope); copy.Length < envelope.Length + 9; copy = Wrapped(copy))
        {
            await AcceptAsync(copy, "stranger");
        }

        Assert.Null(Resolve(await AcceptAsync(envelope)).Fault);
        Assert.Null(Resolve(await AcceptAsync(other)).Fault);
        Assert.Equal(1, Catalog.Current.Statements);
    }

    [Fact]
    public async Task A_client_that_posts_too_many_copies_loses_its_own_oldest_and_nobody_elses()
    {
        EvidenceLimits limits = new() { CopiesPerPoster = 2 };
        await ReopenAsync(limits: limits);
        var envelope = Registry.Sign(Dataset());
        var shared = Reordered(envelope);
        await AcceptAsync(envelope);
        await AcceptAsync(shared, "stranger");
        await AcceptAsync(shared, "loader");
        var first = await AcceptAsync(Wrapped(envelope), "stranger");
        var second = await AcceptAsync(Wrapped(Wrapped(envelope)), "stranger");
        var third = await AcceptAsync(Wrapped(Wrapped(Wrapped(envelope))), "stranger");

        for (var again = 0; again < 2; again++)
        {
            Assert.Null(Resolve(EvidenceId.Of(envelope)).Fault);
            Assert.Null(Resolve(EvidenceId.Of(shared), second, third).Fault);
            AssertFault(EvidenceCause.Unknown, Resolve(first));
            await ReopenAsync(limits: limits);
        }
    }

    [Fact]
    public async Task A_revocation_by_the_id_of_the_issuers_envelope_reaches_a_copy_that_came_first()
    {
        var envelope = Registry.Sign(Dataset());
        var copy = await AcceptAsync(Reordered(envelope), "stranger");
        await AcceptAsync(Registry.Revoke(EvidenceId.Of(envelope).Digest));
        AssertFault(EvidenceCause.Revoked, Resolve(copy));

        // The other way round, too: in advance.
        var later = Registry.Sign(Numbered(1));
        await AcceptAsync(Registry.Revoke(EvidenceId.Of(later).Digest));
        AssertRefused(EvidenceCause.Revoked, await PostAsync(Reordered(later), "stranger"));
    }

    [Fact]
    public async Task An_order_that_names_a_dataset_covers_it_whichever_envelope_was_posted_and_named()
    {
        var envelope = Registry.Sign(Dataset());
        var copy = await AcceptAsync(Wrapped(envelope), "stranger");
        var own = await AcceptAsync(envelope);
        var order = await AcceptAsync(Court.Sign(Signer.Authority(new Selectors { Datasets = [own] })));

        foreach (var named in new[] { copy, own })
        {
            var resolved = Resolve(named, order);
            var map = ProvenanceMap.Establish(
                [new("/messages/0/content", Holdpoint.Wire.PartKind.Text, System.Text.Encoding.UTF8.GetBytes(Line))], resolved.Datasets);
            Assert.Equal(AuthorityCoverage.Whole, map.CoverageBy((Authority)resolved.Authority!.Predicate));
        }
    }

    [Fact]
    public async Task Who_posted_a_copy_is_shredded_and_the_copy_stays()
    {
        await AcceptAsync(Registry.Sign(Dataset()));
        var copy = await AcceptAsync(Wrapped(Registry.Sign(Dataset())), "analyst-7");

        await Shredding.ShredAsync(Records, "analysts-cloud", "analyst-7", Cancellation);

        Assert.Equal(0L, await Store.ReadAsync(
            connection => connection.Scalar("SELECT count(*) FROM evidence_copy WHERE principal <> ''"), Cancellation));
        await ReopenAsync();
        Assert.Null(Resolve(copy).Fault);
    }

    [Fact]
    public async Task A_store_from_before_revocations_had_keys_goes_on()
    {
        var (rows, more) = (Registry.Sign(Dataset()), Registry.Sign(Numbered(1)));
        EvidenceId[] ids = [EvidenceId.Of(rows), EvidenceId.Of(more)];
        byte[][] revocations = [Deputy.Revoke(DigestOf(rows)), Registry.Revoke(DigestOf(more))];
        using var folder = new Holdpoint.Testing.TempFolder();
        var options = new StoreOptions { Path = folder["old.db"] };
        await using (var old = Holdpoint.Gateway.Storage.Store.Open(
            options, [.. GatewayStore.Migrations.TakeWhile(step => step.Number < EvidenceTables.ByKey.Number)], Time))
        {
            await old.WriteAsync(
                connection =>
                {
                    foreach (var envelope in (byte[][])[rows, Wrapped(rows), more, .. revocations])
                    {
                        EvidenceTables.Insert(connection, EvidenceId.Of(envelope), envelope);
                    }

                    foreach (var (envelope, revocation) in new[] { rows, more }.Zip(revocations))
                    {
                        connection.Execute(
                            "INSERT INTO revocation (digest, party, evidence) VALUES (@p0, 'agency', @p1)",
                            DigestOf(envelope).ToArray(), EvidenceId.Of(revocation).Digest.ToArray());
                    }

                    return 0;
                },
                Cancellation);
        }

        await using var store = GatewayStore.Open(options, Time);
        var both = await EvidenceCatalog.LoadAsync(store, new([Registry.Issuer, Deputy.Issuer]), new(), Time.GetUtcNow(), Cancellation);
        var one = await EvidenceCatalog.LoadAsync(store, new([Registry.Issuer]), new(), Time.GetUtcNow(), Cancellation);

        Assert.All(ids, id => AssertFault(EvidenceCause.Revoked, both.Resolve([id], Signer.Use, Time.GetUtcNow())));
        Assert.Equal((2, 2), (both.Current.Statements, one.Current.Statements));
        Assert.Null(one.Resolve([ids[0]], Signer.Use, Time.GetUtcNow()).Fault);
        Assert.Null(one.Resolve([EvidenceId.Of(Wrapped(rows))], Signer.Use, Time.GetUtcNow()).Fault);
        AssertFault(EvidenceCause.Revoked, one.Resolve([ids[1]], Signer.Use, Time.GetUtcNow()));
    }

    [Fact]
    public async Task What_is_taken_and_its_record_are_one()
    {
        var before = Records.Size;

        var outcome = Assert.IsType<IntakeOutcome.Accepted>(await PostAsync(Registry.Sign(Dataset())));

        Assert.Equal((before, before + 1), (outcome.Record, Records.Size));
    }

    private static DatasetProvenance Numbered(int number) => new() { Chunks = Signer.Chunks($"{Line}{number}") };

    private static Hash DigestOf(byte[] envelope)
    {
        Assert.True(DsseEnvelope.TryParse(envelope, out var dsse, out _));
        return Hash.Of(dsse.Payload.Span);
    }

    /// <summary>The same statement with its members in another order, without a key id.</summary>
    private static byte[] Reordered(byte[] envelope)
    {
        Assert.True(DsseEnvelope.TryParse(envelope, out var dsse, out _));
        return System.Text.Encoding.UTF8.GetBytes(
            $$"""{"signatures":[{"sig":"{{Convert.ToBase64String(dsse.Signatures[0].Bytes.Span)}}"}],"""
            + $$""" "payloadType":"{{dsse.PayloadType}}", "payload":"{{Convert.ToBase64String(dsse.Payload.Span)}}"}""");
    }
}
