using System.Text;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Verification;

namespace Holdpoint.Log.Tests.Verification;

/// <summary>Each way to change a log is found, and the message names the place.</summary>
public sealed class TamperTests : IDisposable
{
    private const int Size = 300;

    private readonly NoteSigner _signer = NoteSigner.Generate("example.org/holdpoint");
    private readonly TestLog _log;
    private readonly Dictionary<string, byte[]> _files;

    public TamperTests()
    {
        _log = TestLog.Of(_signer, Size, "gw-a", "gw-b");
        _files = _log.Export();
    }

    public void Dispose() => _signer.Dispose();

    private async Task<LogVerification> FindAsync(byte[]? since = null)
    {
        var found = await LogVerifier.VerifyAsync(
            TestLog.Reader(_files), _signer.VerifierKey, since, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(found.Verifies);
        return found;
    }

    private static void AssertTells(LogVerification found, string code, string place, string message) =>
        Assert.Contains(found.Faults, f => f.Code == code && f.Place == place && f.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public async Task An_edited_entry()
    {
        var entries = _log.Entries.Take(256).ToArray();
        entries[7] = [.. _log.Entries[7]];
        entries[7][^2] = (byte)'9';
        _files["tile/entries/000"] = TestLog.Bundle(entries);

        var found = await FindAsync();

        AssertTells(found, "entry_mismatch", "leaf 7 (tile/entries/000)", "tile/0/000");
        AssertTells(found, "root_mismatch", "tile/entries", "entries were changed");
    }

    [Fact]
    public async Task A_deleted_entry()
    {
        _files["tile/entries/000"] = TestLog.Bundle(_log.Entries.Take(256).Where((_, i) => i != 100));

        var found = await FindAsync();

        AssertTells(found, "entries_malformed", "tile/entries/000", "holds 255 whole entries, not 256");
        AssertTells(found, "entry_mismatch", "leaf 100 (tile/entries/000)", "154 later entries");
        AssertTells(found, "sequence_gap", "gateway gw-a seq 51 (leaf 101)", "record 50 is missing before it");
    }

    [Fact]
    public async Task Reordered_entries()
    {
        var entries = _log.Entries.Take(256).ToArray();
        (entries[10], entries[12]) = (entries[12], entries[10]);
        _files["tile/entries/000"] = TestLog.Bundle(entries);

        var found = await FindAsync();

        AssertTells(found, "entry_mismatch", "leaf 10 (tile/entries/000)", "1 later entries");
        AssertTells(found, "sequence_gap", "gateway gw-a seq 6 (leaf 10)", "record 5 is missing");
        AssertTells(found, "sequence_order", "gateway gw-a seq 5 (leaf 12)", "record 6, at leaf 10, comes before it");
    }

    [Fact]
    public async Task A_changed_tile_of_leaves()
    {
        _files["tile/0/001.p/44"][32 * 3] ^= 0x80;

        var found = await FindAsync();

        AssertTells(found, "entry_mismatch", "leaf 259 (tile/entries/001.p/44)", "tile/0/001.p/44");
        AssertTells(found, "root_mismatch", "tile/0", "tiles were changed");
    }

    [Fact]
    public async Task A_changed_tile_above()
    {
        _files["tile/1/000.p/1"][0] ^= 1;

        AssertTells(await FindAsync(), "tile_mismatch", "tile/1/000.p/1", "tile/0/000");
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/001.p/44")]
    public async Task A_removed_file(string path)
    {
        Assert.True(_files.Remove(path));

        Assert.Contains((await FindAsync()).Faults, f => f.Code == "file_missing" && f.Place == path);
    }

    [Fact]
    public async Task Removed_entries_with_their_tile_and_no_untouched_place_is_blamed()
    {
        Assert.True(_files.Remove("tile/0/000") && _files.Remove("tile/entries/000"));

        var found = await FindAsync();

        Assert.Equal(["tile/0/000", "tile/entries/000"], found.Faults.Where(f => f.Code == "file_missing").Select(f => f.Place));
        Assert.DoesNotContain(found.Faults, f => f.Code is "tile_mismatch" or "root_mismatch");
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/44")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/001.p/44")]
    public async Task A_shortened_file_at_every_kind_of_length(string path)
    {
        var whole = _files[path];
        foreach (var length in new[] { 0, 1, 31, 32, whole.Length - 32, whole.Length - 1 }.Where(l => l >= 0 && l < whole.Length))
        {
            _files[path] = whole[..length];
            Assert.Contains((await FindAsync()).Faults, f => f.Place.StartsWith(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task One_flipped_bit_anywhere()
    {
        var random = new Random(20);
        foreach (var (path, whole) in _files.ToArray())
        {
            for (var i = 0; i < 40; i++)
            {
                var bit = random.Next(whole.Length * 8);
                _files[path] = [.. whole];
                _files[path][bit / 8] ^= (byte)(1 << (bit % 8));
                await FindAsync();
            }

            _files[path] = whole;
        }
    }

    [Fact]
    public async Task A_cut_tail_shows_against_an_older_checkpoint()
    {
        var since = _log.Checkpoint();
        _log.Entries.RemoveRange(250, 50);
        Export();

        Assert.True((await LogVerifier.VerifyAsync(
            TestLog.Reader(_files), _signer.VerifierKey, cancellationToken: TestContext.Current.CancellationToken)).Verifies);
        AssertTells(await FindAsync(since), "history_cut", "checkpoint", "ends at 250 entries, but it had 300");
    }

    [Fact]
    public async Task A_rewritten_history_shows_against_an_older_checkpoint()
    {
        var since = _log.Checkpoint(200);
        var rewritten = new TestLog(_signer);
        for (var i = 0; i < Size; i++)
        {
            rewritten.Append(i % 2 == 0 ? "gw-a" : "gw-b", i == 150 ? 999 : i);
        }

        _log.Entries.Clear();
        _log.Entries.AddRange(rewritten.Entries);
        Export();

        Assert.True((await LogVerifier.VerifyAsync(
            TestLog.Reader(_files), _signer.VerifierKey, cancellationToken: TestContext.Current.CancellationToken)).Verifies);
        AssertTells(await FindAsync(since), "history_rewritten", "leaves 0 to 199", "rewritten before leaf 200");
    }

    [Fact]
    public async Task A_fork_of_the_same_size_shows_against_the_other_side()
    {
        var since = _log.Checkpoint();
        _log.Entries[^1][^2] ^= 1;
        Export();

        AssertTells(await FindAsync(since), "history_rewritten", "leaves 0 to 299", "rewritten");
    }

    [Fact]
    public async Task A_record_left_out_before_the_tree_was_built()
    {
        _log.Entries.RemoveAt(20);
        Export();

        AssertTells(await FindAsync(), "sequence_gap", "gateway gw-a seq 11 (leaf 21)", "record 10 is missing before it");
    }

    [Fact]
    public async Task A_record_replaced_before_the_tree_was_built()
    {
        var text = Encoding.ASCII.GetString(_log.Entries[20]).Replace("\"number\":20", "\"number\":21", StringComparison.Ordinal);
        _log.Entries[20] = Encoding.ASCII.GetBytes(text);
        Export();

        AssertTells(await FindAsync(), "sequence_link", "gateway gw-a seq 11 (leaf 22)", "record 10, at leaf 20");
    }

    [Fact]
    public async Task A_record_logged_twice()
    {
        _log.Entries.Insert(21, _log.Entries[20]);
        Export();

        AssertTells(await FindAsync(), "sequence_order", "gateway gw-a seq 10 (leaf 21)", "record 10, at leaf 20");
    }

    [Fact]
    public async Task A_beginning_left_out()
    {
        _log.Entries.RemoveAt(0);
        Export();

        AssertTells(await FindAsync(), "sequence_gap", "gateway gw-a seq 1 (leaf 1)", "record 0 is missing");
    }

    [Theory]
    [InlineData("not json", "not a JSON object")]
    [InlineData("""{"gateway":"g","prev":"00","seq":0}""", "prev")]
    [InlineData("""{"gateway":"a b","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":0}""", "gateway")]
    [InlineData("""{"gateway":"g","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":-1}""", "seq")]
    [InlineData("""{"prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":0}""", "gateway")]
    [InlineData("""{"gateway":"g","seq":0,"prev":"0000000000000000000000000000000000000000000000000000000000000000"}""", "RFC 8785")]
    public async Task An_entry_that_is_no_record(string entry, string why)
    {
        _log.Entries.Add(Encoding.ASCII.GetBytes(entry));
        Export();

        AssertTells(await FindAsync(), "record_malformed", "leaf 300", why);
    }

    [Fact]
    public async Task A_first_record_that_names_one_before_it()
    {
        _log.Entries.Add(
            "{\"gateway\":\"gw-c\",\"prev\":\"1000000000000000000000000000000000000000000000000000000000000000\",\"seq\":0}"u8.ToArray());
        Export();

        AssertTells(await FindAsync(), "sequence_link", "gateway gw-c seq 0 (leaf 300)", "it is the first");
    }

    [Fact]
    public async Task An_older_checkpoint_that_is_not_this_logs()
    {
        using var other = NoteSigner.Generate("example.org/other");

        AssertTells(await FindAsync(TestLog.Of(other, 3, "gw").Checkpoint()), "since_checkpoint", "older checkpoint", "no valid signature");
    }

    private void Export()
    {
        _files.Clear();
        foreach (var (path, bytes) in _log.Export())
        {
            _files[path] = bytes;
        }
    }
}
