using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class DamageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE record SET body = replace(body, 'refuse', 'permit') WHERE idx = 300", "record 300 is not the one that was logged")]
    [InlineData("UPDATE record SET body = replace(body, 'refuse', 'permit') WHERE idx = 5", "record 5 is not the one that was logged")]
    [InlineData("UPDATE record SET leaf = zeroblob(32) WHERE idx = 299", "record 299 is not the one that was logged")]
    [InlineData(
        "UPDATE record SET body = (SELECT body FROM record WHERE idx = 6), leaf = (SELECT leaf FROM record WHERE idx = 6) WHERE idx = 5",
        "record 5 is not the one that was logged")]
    [InlineData("DELETE FROM record WHERE idx = 290", "of the records 256 to 300, 1 are missing")]
    [InlineData("DELETE FROM record WHERE idx = 17", "of the records 0 to 255, 1 are missing")]
    [InlineData("DELETE FROM record WHERE idx > 200", "there is a tile up to record 255, but records only up to 200")]
    [InlineData("DELETE FROM tile", "tile 0 of level 0 is missing")]
    [InlineData("UPDATE tile SET hashes = zeroblob(8192)", "tile 0 of level 0 is missing or is not the one")]
    [InlineData("UPDATE tile SET root = zeroblob(32)", "tile 0 of level 0 is missing or is not the one")]
    public async Task Damage_to_the_newest_part_is_found_at_the_start_and_named(string sql, string message)
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(301);
        await fixture.CloseAsync();
        fixture.Run(sql);

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => fixture.ReopenAsync());

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_was_rewritten_together_with_its_hash_breaks_the_chain()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(20);
        var body = System.Text.Encoding.UTF8.GetBytes((await fixture.RecordAsync(7)).Replace("refuse", "permit", StringComparison.Ordinal));
        await fixture.CloseAsync();
        fixture.Run(
            $"UPDATE record SET body = x'{Convert.ToHexString(body)}', leaf = x'{MerkleTree.LeafHash(body).ToHex()}' WHERE idx = 7");

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => fixture.ReopenAsync());

        Assert.Contains("record 8 does not follow this gateway's previous one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_was_cut_off_the_end_is_found_by_the_signer()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(301);
        }

        await fixture.CloseAsync();
        fixture.Run("DELETE FROM record WHERE idx = 300; DELETE FROM disclosure WHERE idx = 300");
        await fixture.ReopenAsync();

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);

        Assert.Contains("holds 300 records, but this key has signed a log of 301", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_of_the_store_is_not_signed_even_after_it_grew_again()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(5);
        }

        await fixture.CloseAsync();
        File.Copy(fixture.DatabasePath, fixture.DatabasePath + ".old");
        await fixture.ReopenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(4);
        }

        await fixture.CloseAsync();
        File.Move(fixture.DatabasePath + ".old", fixture.DatabasePath, overwrite: true);
        await fixture.ReopenAsync();

        var older = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);
        await fixture.AppendManyAsync(4);
        var sameSize = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);
        await fixture.AppendManyAsync(300);
        var larger = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);

        Assert.Contains("it is an older copy", older.Message, StringComparison.Ordinal);
        Assert.Contains(
            "The first 9 records of the store are not those that this key has signed", sameSize.Message, StringComparison.Ordinal);
        Assert.Contains(
            "The first 9 records of the store are not those that this key has signed", larger.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_changed_while_it_runs_is_not_signed_any_further()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using var signer = await fixture.SignerAsync();
        await fixture.AppendManyAsync(300);
        Assert.NotNull(await signer.CoverAsync(299, TimeSpan.FromSeconds(30), Cancellation));

        // The writer knows the true tree; what it proves from is the stored one.
        fixture.Run("UPDATE record SET leaf = zeroblob(32) WHERE idx = 299");
        await fixture.AppendManyAsync(10);

        Assert.Null(await signer.CoverAsync(305, TimeSpan.FromSeconds(30), Cancellation));
        Assert.NotNull(signer.Fault);
        Assert.Equal(300, signer.Current.Size);
    }

    [Fact]
    public async Task A_lost_guard_is_not_replaced_by_a_guess()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);

        Assert.Contains("there is no signer guard", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_kept_replaces_a_lost_guard()
    {
        await using var fixture = await LogFixture.OpenAsync();
        byte[] kept;
        await using (var signer = await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(20);
            kept = (await signer.CoverAsync(19, TimeSpan.FromSeconds(30), Cancellation))!.Note.ToArray();
            await fixture.AppendManyAsync(20);
        }

        await File.WriteAllBytesAsync(fixture.GuardPath, kept, Cancellation);

        await using var again = await fixture.SignerAsync();
        Assert.Equal(40, again.Current.Size);
    }

    [Fact]
    public async Task A_guard_of_another_key_or_a_changed_one_is_refused()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
        }

        var guard = await File.ReadAllTextAsync(fixture.GuardPath, Cancellation);
        await File.WriteAllTextAsync(fixture.GuardPath, guard.Replace("\n0\n", "\n7\n", StringComparison.Ordinal), Cancellation);
        Assert.Contains(
            "is not this log's", (await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync)).Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(fixture.GuardPath, guard, Cancellation);
        using var other = NoteSigner.Generate("example.org/log");
        Assert.Contains(
            "is not this log's",
            (await Assert.ThrowsAsync<StoreRefusedException>(() => CheckpointSigner.OpenAsync(
                fixture.Store, fixture.Log, other, fixture.GuardPath, cancellationToken: Cancellation))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_has_one_signer_at_a_time()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using var first = await fixture.SignerAsync();

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(fixture.SignerAsync);

        Assert.Contains("Another process signs with this log key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_byte_the_write_ahead_log_ends_at_the_log_is_a_beginning_of_what_it_was()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using var signer = await fixture.SignerAsync();
        for (var i = 0; i < 40; i++)
        {
            await fixture.AppendManyAsync(1 + (i % 9));
        }

        var size = fixture.Log.Size;
        var last = await fixture.RecordAsync(size - 1);
        var database = await File.ReadAllBytesAsync(fixture.DatabasePath, Cancellation);
        var wal = await File.ReadAllBytesAsync(fixture.DatabasePath + "-wal", Cancellation);
        var random = new Random(2);
        var sizes = new HashSet<long>();
        for (var i = 0; i < TestScale.Of(30, 1_000); i++)
        {
            using var folder = new TempFolder();
            await File.WriteAllBytesAsync(folder["holdpoint.db"], database, Cancellation);
            await File.WriteAllBytesAsync(folder["holdpoint.db-wal"], wal[..random.Next(wal.Length + 1)], Cancellation);
            await using var store = GatewayStore.Open(new StoreOptions { Path = folder["holdpoint.db"] }, fixture.Time);
            var log = await RecordLog.OpenAsync(store, fixture.Time, cancellationToken: Cancellation);

            sizes.Add(log.Size);
            Assert.InRange(log.Size, 0, size);
            Assert.Equal(log.Size, await log.AppendAsync(LogFixture.Ordinary));
        }

        Assert.True(sizes.Count > 5);
        Assert.Equal(last, await fixture.RecordAsync(size - 1));
    }
}
