using System.Runtime.Versioning;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>A snapshot of store, key and guard together is old and agrees with itself; the copy of the guard knows more.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GuardCopyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_of_the_whole_folder_is_not_signed_on_from()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        using var snapshot = new TempFolder();
        Copy(gateway.Folder, snapshot.FullName);
        await gateway.StartAgainAsync();
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        Copy(snapshot.FullName, gateway.Folder);

        var refused = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("it is an older copy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_moved_or_whose_copy_is_missing_starts()
    {
        using var other = new TempFolder();
        await using var gateway = await TestGateway.StartAsync(edit: (text, _) => Named(text, other["copy.signed"]));
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        File.Delete(other["copy.signed"]);

        await gateway.StartAgainAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(other["copy.signed"]));
    }

    [Fact]
    public async Task A_place_that_is_named_and_cannot_be_used_refuses_the_start()
    {
        var refused = await Assert.ThrowsAsync<GatewayStartException>(
            () => TestGateway.StartAsync(edit: (text, _) => Named(text, "/dev/null/copy.signed")));

        Assert.Contains("log.guard_copy_file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_and_guard_that_were_removed_are_not_begun_anew_under_the_same_key()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        File.Delete(gateway.Settings.StorePath);
        File.Delete(gateway.Settings.LogGuardPath);

        var refused = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("The store holds 0 records, but this key has signed a log of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_guard_beside_the_newest_store_is_lawful_as_ever()
    {
        using var other = new TempFolder();
        await using var fixture = await LogFixture.OpenAsync();
        byte[] older;
        await using (await OpenAsync(fixture, other))
        {
            older = await File.ReadAllBytesAsync(fixture.GuardPath, Cancellation);
            await fixture.AppendManyAsync(20);
        }

        await File.WriteAllBytesAsync(fixture.GuardPath, older, Cancellation);

        await using var again = await OpenAsync(fixture, other);
        Assert.Equal(20, again.Current.Size);
    }

    [Theory]
    [InlineData("VACUUM INTO '{0}'")]
    [InlineData(null)]
    public async Task The_backup_of_a_running_gateway_can_be_restored_while_it_is_the_newest(string? sql)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        using var folder = new TempFolder();
        BackUp(gateway.Settings.StorePath, folder["backup.db"], sql);
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        var newest = await File.ReadAllBytesAsync(gateway.Settings.StorePath, Cancellation);

        File.Copy(folder["backup.db"], gateway.Settings.StorePath, overwrite: true);
        await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);
        await File.WriteAllBytesAsync(gateway.Settings.StorePath, newest, Cancellation);
        await gateway.StartAgainAsync();
    }

    private static string Named(string text, string path) => text.Replace(
        "key_file: log.key }", $"key_file: log.key, guard_copy_file: {path} }}", StringComparison.Ordinal);

    private static Task<CheckpointSigner> OpenAsync(LogFixture fixture, TempFolder folder) => CheckpointSigner.OpenAsync(
        fixture.Store, fixture.Log, fixture.Key, fixture.GuardPath, GuardCopy.At(folder["copy.signed"], fixture.Key.VerifierKey),
        cancellationToken: Cancellation);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static void BackUp(string store, string path, string? sql)
    {
        using var source = new SqliteConnection($"Data Source={store};Pooling=False");
        source.Open();
        if (sql is null)
        {
            using var target = new SqliteConnection($"Data Source={path};Pooling=False");
            target.Open();
            source.BackupDatabase(target);
            return;
        }

        using var command = source.CreateCommand();
        command.CommandText = string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, path);
        command.ExecuteNonQuery();
    }
}
