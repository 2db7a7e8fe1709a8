using System.Collections.Immutable;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Records;

/// <summary>Reads the log as it is shown to others. Thread-safe.</summary>
internal sealed class PublishedLog(Store store, CheckpointSigner signer)
{
    /// <summary>
    /// A tile or bundle within the newest checkpoint; null for all else. What is not under a checkpoint yet is not shown: it could not be
    /// verified.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken)
    {
        var level = path.IsEntries ? 0 : path.Level;
        var count = level >= 8 ? 0 : signer.Current.Size >> (HashTile.Height * level);
        return path.Index <= (count - path.Width) / TilePath.FullWidth && (path.Index * TilePath.FullWidth) + path.Width <= count
            ? await store.ReadAsync(c => StoredTree.Read(c, path), cancellationToken)
            : null;
    }

    /// <summary>A record's exact bytes; null when there is no such record.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<byte[]?> RecordAsync(long index, CancellationToken cancellationToken) =>
        store.ReadAsync(c => RecordTables.Body(c, index), cancellationToken);

    /// <summary>The receipt of a record under a checkpoint that covers it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<byte[]> ReceiptAsync(long index, SignedCheckpoint checkpoint, CancellationToken cancellationToken) =>
        store.ReadAsync(
            c =>
            {
                var proof = InclusionProof.Compute(index, checkpoint.Size, StoredTree.Nodes(c, checkpoint.Size));
                return new TlogProof(index, ImmutableArray.Create(proof), checkpoint.Note).Write();
            },
            cancellationToken);
}
