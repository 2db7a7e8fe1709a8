using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The part of the log that only the writer's thread touches: it gives a record its place. Its state belongs to one connection: after a
/// failed transaction the store's writer comes with a new one, and the state is loaded from what is really there.
/// </summary>
internal sealed class LogWriter
{
    // The record that is being appended; one at a time.
    private readonly byte[] _body = new byte[RecordProfile.MaxBytes];
    private StoreConnection? _connection;
    private HotStatement? _insertRecord;
    private HotStatement? _insertDisclosure;
    private TreeEdge? _edge;
    private Hash _prev;
    private long _nextSeq;
    private (long Size, Hash LastLeaf) _committed;

    /// <summary>Gives the record its index, number and previous record, and writes it.</summary>
    public long Append(StoreConnection connection, RenderedRecord record, long? subject)
    {
        var edge = EdgeOn(connection);
        var index = edge.Size;
        var body = _body.AsSpan(0, record.Complete(_prev, _nextSeq, _body));
        var leaf = MerkleTree.LeafHash(body);
        RecordTables.InsertRecord(_insertRecord!, index, leaf, body);
        if (record.Disclosures.Length > 0)
        {
            RecordTables.InsertDisclosure(_insertDisclosure!, index, subject, record.Disclosures);
        }

        edge.Append(connection, leaf);
        _prev = leaf;
        _nextSeq++;
        return index;
    }

    /// <summary>The index that the next record gets.</summary>
    public long NextIndex(StoreConnection connection) => EdgeOn(connection).Size;

    /// <summary>The tree as it will be when the running transaction is durable.</summary>
    public TreeHead Head(StoreConnection connection)
    {
        var edge = EdgeOn(connection);
        return new TreeHead(edge.Size, edge.Root);
    }

    /// <summary>Remembers what was promised, to hold the store to it.</summary>
    public void Committed(long index) => _committed = (index + 1, _prev);

    private TreeEdge EdgeOn(StoreConnection connection)
    {
        if (ReferenceEquals(connection, _connection))
        {
            return _edge!;
        }

        if (connection.IsAfterForeignChange)
        {
            CheckTail(connection);
        }

        var edge = TreeEdge.Load(connection);
        var last = LogTail.Last(connection, edge.Size);
        if (edge.Size < _committed.Size || (edge.Size == _committed.Size && edge.Size > 0 && last?.Leaf != _committed.LastLeaf))
        {
            // Somebody put other content in the store's place while it was open. Going on would give an index twice.
            throw new StoreLostException(StoreLoss.Changed);
        }

        _insertRecord = RecordTables.PrepareInsertRecord(connection);
        _insertDisclosure = RecordTables.PrepareInsertDisclosure(connection);
        _edge = edge;
        _prev = last?.Leaf ?? Hash.Zero;
        _nextSeq = last is { } link ? link.Seq + 1 : 0;
        _connection = connection;
        return edge;
    }

    private static void CheckTail(StoreConnection connection)
    {
        try
        {
            LogTail.Check(connection);
        }
        catch (StoreRefusedException)
        {
            throw new StoreLostException(StoreLoss.Changed);
        }
    }
}

/// <summary>The number of records, and their root.</summary>
internal readonly record struct TreeHead(long Size, Hash Root);
