using Holdpoint.Log.Notes;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Receipts;

/// <summary>
/// Verifies offline that a record is in a log: receipt, record bytes and the log's key are all it needs. Pure, thread-safe.
/// </summary>
public static class ReceiptVerifier
{
    /// <summary>
    /// Follows C2SP tlog-proof, "Verifying a tlog proof": leaf hash of the record's exact bytes, checkpoint signed by
    /// <paramref name="key"/> and of its origin, inclusion in the checkpoint's root.
    /// </summary>
    public static ReceiptVerdict Verify(ReadOnlySpan<byte> receipt, ReadOnlySpan<byte> record, VerifierKey key)
    {
        if (!TlogProof.TryParse(receipt, out var proof, out var fault))
        {
            return new ReceiptVerdict.Refused("receipt_malformed", fault);
        }

        if (!Checkpoint.TryOpen(proof.Checkpoint.Span, key, out var checkpoint, out fault))
        {
            return new ReceiptVerdict.Refused("receipt_checkpoint", fault);
        }

        if (proof.Index >= checkpoint.Size)
        {
            return new ReceiptVerdict.Refused(
                "receipt_index", $"the receipt's index {proof.Index} is not in the checkpoint, which covers {checkpoint.Size} records");
        }

        var leaf = MerkleTree.LeafHash(record);
        return InclusionProof.Verify(proof.Index, checkpoint.Size, leaf, proof.Proof.AsSpan(), checkpoint.Root)
            ? new ReceiptVerdict.Verified(proof.Index, leaf, checkpoint)
            : new ReceiptVerdict.Refused(
                "receipt_record",
                $"the record is not entry {proof.Index} of the log: its leaf hash {leaf} does not lead to the checkpoint's root (the file "
                    + "must hold the record's exact bytes, without a line end)");
    }
}
