using Holdpoint.Gateway.Hosting;
using Holdpoint.Log.Verification;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class LogExporterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public async Task What_is_exported_verifies_offline(int records)
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(records);
        }

        await fixture.CloseAsync();
        var export = await ExportAsync(fixture);

        Assert.Equal(new LogExport(records, Unsigned: 0), export);
        var verified = await VerifyAsync(fixture);
        Assert.Empty(verified.Faults);
        Assert.Equal(records, verified.Checkpoint!.Size);
    }

    [Fact]
    public async Task Records_that_a_crash_left_unsigned_are_signed_by_the_export()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(3);
        }

        await fixture.AppendManyAsync(4);
        await fixture.CloseAsync();

        Assert.Equal(new LogExport(7, Unsigned: 0), await ExportAsync(fixture));
        Assert.Empty((await VerifyAsync(fixture)).Faults);
    }

    [Fact]
    public async Task A_running_gateway_is_exported_up_to_its_newest_checkpoint_and_left_alone()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(300);
        }

        await fixture.AppendManyAsync(5);

        Assert.Equal(new LogExport(300, Unsigned: 5), await ExportAsync(fixture));
        Assert.Empty((await VerifyAsync(fixture)).Faults);
        Assert.Equal(305, await fixture.AppendAsync());
    }

    [Fact]
    public async Task A_later_export_into_the_same_folder_continues_the_earlier()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using var signer = await fixture.SignerAsync();
        await fixture.AppendManyAsync(200);
        await signer.CoverAsync(199, TimeSpan.FromSeconds(30), Cancellation);
        await ExportAsync(fixture);
        var older = await File.ReadAllBytesAsync(Path.Combine(Target(fixture), "checkpoint"), Cancellation);
        await fixture.AppendManyAsync(200);
        await signer.CoverAsync(399, TimeSpan.FromSeconds(30), Cancellation);

        await ExportAsync(fixture);

        Assert.Empty((await VerifyAsync(fixture, older)).Faults);
    }

    [Fact]
    public async Task A_store_whose_newest_part_was_changed_is_not_exported()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await using (await fixture.SignerAsync())
        {
            await fixture.AppendManyAsync(10);
        }

        await fixture.CloseAsync();
        fixture.Run("UPDATE record SET body = replace(body, 'refuse', 'permit') WHERE idx = 4");

        var refused = await Assert.ThrowsAsync<LogExportException>(() => ExportAsync(fixture));

        Assert.Contains("record 4 is not the one that was logged", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target(fixture)));
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_not_written_to()
    {
        await using var fixture = await LogFixture.OpenAsync();
        Directory.CreateDirectory(Target(fixture));
        await File.WriteAllTextAsync(Path.Combine(Target(fixture), "thesis.tex"), "", Cancellation);

        await Assert.ThrowsAsync<LogExportException>(() => ExportAsync(fixture));
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_made()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.CloseAsync();
        File.Delete(fixture.DatabasePath);

        await Assert.ThrowsAsync<LogExportException>(() => ExportAsync(fixture));
        Assert.False(File.Exists(fixture.DatabasePath));
    }

    private static string Target(LogFixture fixture) => Path.Combine(fixture.Folder, "export");

    private static Task<LogExport> ExportAsync(LogFixture fixture) =>
        LogExporter.ExportAsync(fixture.DatabasePath, fixture.Key, fixture.GuardPath, Target(fixture), fixture.Time, Cancellation);

    private static Task<LogVerification> VerifyAsync(LogFixture fixture, byte[]? since = null)
    {
        ValueTask<LogFile> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
        {
            var file = Path.Combine(Target(fixture), path);
            return ValueTask.FromResult(File.Exists(file) ? LogFile.Found(File.ReadAllBytes(file)) : LogFile.Missing);
        }

        return LogVerifier.VerifyAsync(ReadAsync, fixture.Key.VerifierKey, since, cancellationToken: Cancellation);
    }
}
