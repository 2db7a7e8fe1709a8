using Holdpoint.Log.Notes;
using Holdpoint.Log.Verification;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Verification;

public sealed class LogVerifierTests : IDisposable
{
    private readonly NoteSigner _signer = NoteSigner.Generate("example.org/holdpoint");

    public void Dispose() => _signer.Dispose();

    private Task<LogVerification> VerifyAsync(Dictionary<string, byte[]> files, byte[]? since = null) =>
        LogVerifier.VerifyAsync(
            TestLog.Reader(files), _signer.VerifierKey, since, cancellationToken: TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(256, 2)]
    [InlineData(257, 3)]
    [InlineData(1_000, 5)]
    public async Task A_whole_log_verifies(int size, int tiles)
    {
        var log = TestLog.Of(_signer, size, "gw-a", "gw-b", "gw-c");

        var found = await VerifyAsync(log.Export(), log.Checkpoint(size / 2));

        Assert.Empty(found.Faults);
        Assert.True(found.Verifies && found.EntriesChecked);
        Assert.Equal((size, tiles), (found.Checkpoint!.Size, found.Tiles));
        Assert.Equal(size, found.Gateways.Values.Sum());
    }

    [Fact]
    public async Task Tiles_of_a_third_level_are_checked_too()
    {
        var log = TestLog.Of(_signer, 65_537, "gw");
        var files = log.Export();

        Assert.True((await VerifyAsync(files, log.Checkpoint(65_536))).Verifies);

        files["tile/2/000.p/1"] = new byte[32];
        Assert.Contains((await VerifyAsync(files)).Faults, f => f is { Code: "tile_mismatch", Place: "tile/2/000.p/1" });
    }

    [Fact]
    public async Task A_full_file_stands_in_for_a_partial_one_that_is_gone()
    {
        var log = TestLog.Of(_signer, 200, "gw");
        var checkpoint = log.Checkpoint();
        for (var i = 200; i < 300; i++)
        {
            log.Append("gw", i);
        }

        var files = log.Export();
        files["checkpoint"] = checkpoint;

        Assert.Empty((await VerifyAsync(files)).Faults);
    }

    [Fact]
    public async Task Without_the_right_to_entries_tiles_and_checkpoint_are_checked_and_that_is_said()
    {
        var log = TestLog.Of(_signer, 600, "gw");
        var files = log.Export();

        var found = await LogVerifier.VerifyAsync(
            TestLog.WithoutEntries(files), _signer.VerifierKey, log.Checkpoint(300),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(found.Verifies);
        Assert.False(found.EntriesChecked);
        Assert.Empty(found.Gateways);

        files["tile/0/001"][5] ^= 1;
        found = await LogVerifier.VerifyAsync(
            TestLog.WithoutEntries(files), _signer.VerifierKey, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(
            found.Faults,
            f => f is { Code: "tile_mismatch", Place: "tile/1/000.p/2" } && f.Message.Contains("tile/0/001", StringComparison.Ordinal));
        Assert.Contains(found.Faults, f => f.Code == "root_mismatch");
    }

    [Fact]
    public async Task Another_key_or_another_origin_is_refused_before_anything_else()
    {
        using var other = NoteSigner.Generate("example.org/holdpoint");
        using var elsewhere = NoteSigner.Generate("example.org/elsewhere");
        var files = TestLog.Of(_signer, 3, "gw").Export();

        foreach (var key in new[] { other.VerifierKey, elsewhere.VerifierKey })
        {
            var found = await LogVerifier.VerifyAsync(TestLog.Reader(files), key, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Null(found.Checkpoint);
            Assert.Equal(("checkpoint", 1), (found.Faults[0].Code, found.FaultCount));
        }
    }

    [Fact]
    public async Task A_log_of_rubbish_has_its_faults_counted_and_the_first_kept()
    {
        var log = new TestLog(_signer);
        log.Entries.AddRange(Enumerable.Range(0, 500).Select(i => BitConverter.GetBytes(i)));

        var found = await VerifyAsync(log.Export());

        Assert.Equal(500, found.FaultCount);
        Assert.Equal(100, found.Faults.Length);
        Assert.Equal("leaf 0", found.Faults[0].Place);
    }

    [Fact]
    public async Task The_published_log_of_Tessera_verifies_at_every_size()
    {
        var folder = Path.Combine(TestData.Archive("log/tessera.tar.gz"), "tessera");
        var key = VerifierKey.Parse(File.ReadAllText(Path.Combine(folder, "vkey")).Trim());
        for (var size = 0; size <= 15; size++)
        {
            var head = Path.Combine(folder, "log", $"checkpoint.{size}");
            var since = File.ReadAllBytes(Path.Combine(folder, "log", $"checkpoint.{size / 2}"));

            ValueTask<LogFile> Read(string path, int maxBytes, CancellationToken token)
            {
                var file = path == "checkpoint" ? head : Path.Combine(folder, "log", path);
                return ValueTask.FromResult(File.Exists(file) ? LogFile.Found(File.ReadAllBytes(file)) : LogFile.Missing);
            }

            var found = await LogVerifier.VerifyAsync(Read, key, since, entriesAreRecords: false, TestContext.Current.CancellationToken);

            Assert.Empty(found.Faults);
            Assert.Equal(size, found.Checkpoint!.Size);
        }
    }
}
