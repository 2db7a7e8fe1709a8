using System.Text.Json;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Tree;

/// <summary>github.com/transparency-dev/merkle: every case, and by number, so that an empty folder does not pass.</summary>
public sealed class MerkleVectorTests
{
    [Fact]
    public void Inclusion_agrees_with_all_published_cases() => Check("inclusion", 69, v =>
        InclusionProof.Verify(v.Number("leafIdx"), v.Number("treeSize"), v.Hash("leafHash"), v.Proof, v.Hash("root")));

    [Fact]
    public void Consistency_agrees_with_all_published_cases() => Check("consistency", 73, v =>
        ConsistencyProof.Verify(v.Number("size1"), v.Number("size2"), v.Proof, v.Hash("root1"), v.Hash("root2")));

    [Fact]
    public void Subtree_inclusion_agrees_with_all_published_cases() => Check("subtreeinclusion", 151, v =>
        InclusionProof.VerifySubtree(v.Number("leafIdx"), v.Number("start"), v.Number("end"), v.Hash("leafHash"), v.Proof, v.Hash("root")));

    [Fact]
    public void Subtree_consistency_agrees_with_all_published_cases() => Check("subtreeconsistency", 89, v =>
        ConsistencyProof.VerifySubtree(v.Number("start"), v.Number("end"), v.Number("size"), v.Proof, v.Hash("root1"), v.Hash("root2")));

    private static void Check(string kind, int expected, Func<Case, bool> verify)
    {
        var folder = Path.Combine(TestData.Archive("log/merkle.tar.gz"), "merkle", kind);
        var disagree = new List<string>();
        var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var vector = new Case(document.RootElement);
            if ((vector.AllHashesHave32Bytes && verify(vector)) != vector.Verifies)
            {
                disagree.Add(Path.GetRelativePath(folder, file));
            }
        }

        Assert.Empty(disagree);
        Assert.Equal(expected, files.Length);
    }

    private sealed class Case(JsonElement json)
    {
        private static readonly string[] HashFields = ["leafHash", "root", "root1", "root2"];

        // The published verifier never looks at the length of some roots. We cannot represent others, so we refuse them. One exception to
        // "represent": with an empty subtree it does not look at the tree's root at all, and then neither do we.
        public bool AllHashesHave32Bytes =>
            HashFields.All(f => !json.TryGetProperty(f, out var hash) || hash.GetBytesFromBase64().Length == Log.Hash.Size || IsUnread(f))
            && ProofBytes.All(h => h.Length == Log.Hash.Size);

        public bool Verifies => !json.GetProperty("wantErr").GetBoolean() && AllHashesHave32Bytes;

        public Hash[] Proof => [.. ProofBytes.Select(h => Log.Hash.FromBytes(h))];

        private IEnumerable<byte[]> ProofBytes =>
            json.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof
                ? proof.EnumerateArray().Select(h => h.GetBytesFromBase64())
                : [];

        // Sizes past 2^63 − 1 become negative, which must be refused as well.
        public long Number(string field) => unchecked((long)json.GetProperty(field).GetUInt64());

        public Hash Hash(string field) => IsUnread(field) ? default : Log.Hash.FromBytes(json.GetProperty(field).GetBytesFromBase64());

        private bool IsUnread(string field) => field == "root2" && json.TryGetProperty("start", out _) && Number("start") == Number("end");
    }
}
