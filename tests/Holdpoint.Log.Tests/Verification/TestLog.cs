using System.Buffers;
using System.Globalization;
using System.Text;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;
using Holdpoint.Log.Verification;

namespace Holdpoint.Log.Tests.Verification;

/// <summary>A small log of gateways' records, exported as files by name; what tests break on purpose.</summary>
internal sealed class TestLog(NoteSigner signer)
{
    private readonly Dictionary<string, (long Seq, Hash Leaf)> _last = [];

    public List<byte[]> Entries { get; } = [];

    public static TestLog Of(NoteSigner signer, int size, params string[] gateways)
    {
        var log = new TestLog(signer);
        for (var i = 0; i < size; i++)
        {
            log.Append(gateways[i % gateways.Length], i);
        }

        return log;
    }

    public void Append(string gateway, int number)
    {
        var (seq, prev) = _last.TryGetValue(gateway, out var last) ? (last.Seq + 1, last.Leaf) : (0, Hash.Zero);
        var record = Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture, $$"""{"gateway":"{{gateway}}","number":{{number}},"prev":"{{prev}}","seq":{{seq}}}"""));
        _last[gateway] = (seq, MerkleTree.LeafHash(record));
        Entries.Add(record);
    }

    public byte[] Checkpoint(int? size = null) =>
        new Log.Notes.Checkpoint(signer.Name, size ?? Entries.Count, MerkleTree.Root(Leaves(size ?? Entries.Count))).Sign(signer);

    /// <summary>All files of the log at its present size.</summary>
    public Dictionary<string, byte[]> Export()
    {
        var files = new Dictionary<string, byte[]> { ["checkpoint"] = Checkpoint() };
        var leaves = Leaves(Entries.Count);
        foreach (var path in TilePath.AllHashes(Entries.Count))
        {
            var span = 1 << (HashTile.Height * path.Level);
            var hashes = Enumerable.Range(0, path.Width)
                .Select(i => ((int)path.Index * TilePath.FullWidth) + i)
                .Select(i => MerkleTree.Root(leaves.AsSpan(i * span, span)));
            files[path.ToString()] = HashTile.Encode([.. hashes]);
        }

        foreach (var path in TilePath.AllEntries(Entries.Count))
        {
            files[path.ToString()] = Bundle(Entries.Skip((int)path.Index * TilePath.FullWidth).Take(path.Width));
        }

        return files;
    }

    public static byte[] Bundle(IEnumerable<byte[]> entries)
    {
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            EntryBundle.Append(bundle, entry);
        }

        return bundle.WrittenSpan.ToArray();
    }

    public static LogReader Reader(IReadOnlyDictionary<string, byte[]> files) =>
        (path, _, _) => ValueTask.FromResult(files.TryGetValue(path, out var bytes) ? LogFile.Found(bytes) : LogFile.Missing);

    public static LogReader WithoutEntries(IReadOnlyDictionary<string, byte[]> files) =>
        (path, maxBytes, token) => path.StartsWith("tile/entries/", StringComparison.Ordinal)
            ? ValueTask.FromResult(LogFile.Forbidden)
            : Reader(files)(path, maxBytes, token);

    private Hash[] Leaves(int size) => [.. Entries.Take(size).Select(e => MerkleTree.LeafHash(e))];
}
