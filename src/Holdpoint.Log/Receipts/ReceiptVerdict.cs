using Holdpoint.Log.Notes;

namespace Holdpoint.Log.Receipts;

/// <summary>What a receipt shows. Closed: every case is declared here.</summary>
public abstract record ReceiptVerdict
{
    private ReceiptVerdict()
    {
    }

    /// <summary>The record is entry <paramref name="Index"/> of the log whose signed head is <paramref name="Checkpoint"/>.</summary>
    public sealed record Verified(long Index, Hash Leaf, Checkpoint Checkpoint) : ReceiptVerdict;

    /// <summary>It shows nothing: <paramref name="Code"/> is stable, <paramref name="Message"/> names the place for people.</summary>
    public sealed record Refused(string Code, string Message) : ReceiptVerdict;
}
