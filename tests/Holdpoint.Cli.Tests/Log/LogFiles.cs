using Holdpoint.Log.Notes;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Tests.Verification;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Log;

/// <summary>A log on disk, as <c>log export</c> lays it out, beside a receipt and its record.</summary>
internal sealed class LogFiles : IDisposable
{
    public const int Size = 300;

    private readonly TempFolder _temp = new();
    private readonly NoteSigner _signer = NoteSigner.Generate("example.org/holdpoint");

    public LogFiles()
    {
        Log = TestLog.Of(_signer, Size, "gw-a", "gw-b");
        Write("since", Log.Checkpoint(100));
        Export();
    }

    public TestLog Log { get; }

    public string Key => _signer.VerifierKey.ToString();

    public string Folder => _temp["log"];

    public string this[string name] => _temp[name];

    public void Export()
    {
        foreach (var (path, bytes) in Log.Export())
        {
            Write(Path.Combine("log", path), bytes);
        }
    }

    /// <summary>Files <c>receipt</c> and <c>record</c> of an entry.</summary>
    public void WriteReceipt(int index)
    {
        var nodes = new Dictionary<TreeNode, Holdpoint.Log.Hash>();
        var range = new CompactRange();
        Log.Entries.ForEach(e => range.Append(MerkleTree.LeafHash(e), nodes.Add));
        Write("record", Log.Entries[index]);
        Write(
            "receipt",
            new TlogProof(index, [.. InclusionProof.Compute(index, Log.Entries.Count, n => nodes[n])], Log.Checkpoint()).Write());
    }

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[name])!);
        File.WriteAllBytes(_temp[name], bytes);
        return _temp[name];
    }

    public void Dispose()
    {
        _signer.Dispose();
        _temp.Dispose();
    }
}
