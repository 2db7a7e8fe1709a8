using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Tests.Verification;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private const int Size = 50;

    private readonly NoteSigner _signer = NoteSigner.Generate("example.org/holdpoint");
    private readonly TestLog _log;

    public ReceiptTests() => _log = TestLog.Of(_signer, Size, "gw");

    public void Dispose() => _signer.Dispose();

    private byte[] Receipt(int index)
    {
        var nodes = new Dictionary<TreeNode, Hash>();
        var range = new CompactRange();
        _log.Entries.ForEach(e => range.Append(MerkleTree.LeafHash(e), nodes.Add));
        return new TlogProof(index, [.. InclusionProof.Compute(index, Size, node => nodes[node])], _log.Checkpoint()).Write();
    }

    [Fact]
    public void Each_records_receipt_verifies_and_no_other_records()
    {
        for (var i = 0; i < Size; i++)
        {
            var receipt = Receipt(i);

            var verified = Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(receipt, _log.Entries[i], _signer.VerifierKey));
            Assert.Equal((i, Size), (verified.Index, verified.Checkpoint.Size));
            AssertRefused("receipt_record", ReceiptVerifier.Verify(receipt, _log.Entries[(i + 1) % Size], _signer.VerifierKey));
        }
    }

    [Fact]
    public void One_flipped_bit_of_receipt_or_record_never_verifies()
    {
        var receipt = Receipt(17);
        Prop.ForAll(Gen.Choose(0, ((receipt.Length + _log.Entries[17].Length) * 8) - 1).ToArbitrary(), bit =>
        {
            var (flippedReceipt, flippedRecord) = (receipt.ToArray(), _log.Entries[17].ToArray());
            var target = bit / 8 < receipt.Length ? flippedReceipt : flippedRecord;
            target[bit / 8 < receipt.Length ? bit / 8 : (bit / 8) - receipt.Length] ^= (byte)(1 << (bit % 8));
            return ReceiptVerifier.Verify(flippedReceipt, flippedRecord, _signer.VerifierKey) is ReceiptVerdict.Refused;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 20_000)));
    }

    [Fact]
    public void A_refusal_names_the_place()
    {
        using var other = NoteSigner.Generate("example.org/other");
        var receipt = Encoding.UTF8.GetString(Receipt(3));
        var record = _log.Entries[3];
        var key = _signer.VerifierKey;

        AssertRefused("receipt_malformed", ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt[1..]), record, key));
        AssertRefused("receipt_checkpoint", ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), record, other.VerifierKey));
        AssertRefused(
            "receipt_index",
            ReceiptVerifier.Verify(
                Encoding.UTF8.GetBytes(receipt.Replace("index 3\n", "index 50\n", StringComparison.Ordinal)), record, key));
        AssertRefused("receipt_record", ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), [.. record, (byte)'\n'], key));
    }

    [Fact]
    public void Numbers_past_the_limit_are_refused()
    {
        Assert.False(TlogProof.TryParse(new byte[TlogProof.MaxBytes + 1], out _, out _));
        var hashes = string.Concat(Enumerable.Repeat(MerkleTree.EmptyRoot.ToBase64() + "\n", InclusionProof.MaxHashes + 1));
        Assert.False(TlogProof.TryParse(Encoding.ASCII.GetBytes($"c2sp.org/tlog-proof@v1\nindex 0\n{hashes}\nx"), out _, out var fault));
        Assert.Contains("63", fault, StringComparison.Ordinal);
    }

    private static void AssertRefused(string code, ReceiptVerdict verdict) =>
        Assert.Equal(code, Assert.IsType<ReceiptVerdict.Refused>(verdict).Code);
}
