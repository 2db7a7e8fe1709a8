using Holdpoint.Log.Notes;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Verification;

/// <summary>
/// One pass over entries and tiles. Entries are hashed and compared with the tiles of level 0; tiles of each level with the roots of the
/// full tiles below, as stored, so that a fault is told at the tile that has it; and both with the signed root.
/// </summary>
internal sealed class TreeCheck(LogReader reader, Checkpoint head, Checkpoint? since, FaultList faults, SequenceCheck? sequence)
{
    private readonly LeafTrack _fromTiles = new(since?.Size);
    private readonly LeafTrack _fromEntries = new(since?.Size);
    private readonly List<List<Hash>> _upper = []; // what the next tile of level 1, 2, … must hold
    private readonly List<long> _upperIndex = [];
    private bool _knowsUpper = true;

    /// <summary>False once the reader is told, at the first bundle, that it has no right to entries.</summary>
    public bool ReadsEntries { get; private set; } = true;

    public long Tiles { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var bundle in TilePath.AllEntries(head.Size))
        {
            var path = TilePath.Hashes(0, bundle.Index, bundle.Width);
            var stored = await ReadTileAsync(path, cancellationToken);
            var entries = ReadsEntries ? await ReadEntriesAsync(bundle, cancellationToken) : null;
            var hashed = entries?.Select(e => MerkleTree.LeafHash(e.Span)).ToArray();
            if (entries is not null)
            {
                Compare(bundle, path, stored, hashed!);
                Follow(bundle, entries, hashed!);
            }

            _fromTiles.Append(stored, bundle.Width);
            _fromEntries.Append(hashed, bundle.Width);

            // Where the leaves of one tile are unknown, so is what the tiles above must hold: that fault is told, the rest is not guessed.
            var leaves = stored ?? (hashed?.Length == bundle.Width ? hashed : null);
            _knowsUpper &= leaves is not null;
            if (_knowsUpper && !bundle.IsPartial)
            {
                await RaiseAsync(1, MerkleTree.Root(leaves), cancellationToken);
            }
        }

        for (var level = 1; _knowsUpper && level <= _upper.Count; level++)
        {
            if (_upper[level - 1] is { Count: > 0 } rest)
            {
                await CompareUpperAsync(TilePath.Hashes(level, _upperIndex[level - 1], rest.Count), rest, cancellationToken);
            }
        }

        CompareRoots();
    }

    private async Task<Hash[]?> ReadTileAsync(TilePath path, CancellationToken cancellationToken)
    {
        var (file, read) = await ReadAsync(path, HashTile.MaxBytes, cancellationToken);
        if (!file.IsFound)
        {
            Absent(file, path);
            return null;
        }

        var hashes = HashTile.Decode(file.Bytes.Span);
        if (hashes.Length != read.Width)
        {
            faults.Add("tile_malformed", read.ToString(), $"it has {file.Bytes.Length} bytes, not {read.Width} hashes of {Hash.Size}");
            return null;
        }

        Tiles++;
        return hashes[..path.Width];
    }

    /// <summary>The bundle's entries, as many as can be read; null when there is no bundle.</summary>
    private async Task<ReadOnlyMemory<byte>[]?> ReadEntriesAsync(TilePath path, CancellationToken cancellationToken)
    {
        var (file, read) = await ReadAsync(path, EntryBundle.MaxBytes, cancellationToken);
        if (file.IsForbidden && path.Index == 0)
        {
            ReadsEntries = false;
            return null;
        }

        if (!file.IsFound)
        {
            Absent(file, path);
            return null;
        }

        var entries = EntryBundle.Read(file.Bytes, out var isWhole);
        if (!isWhole || entries.Length != read.Width)
        {
            faults.Add("entries_malformed", read.ToString(),
                $"it holds {entries.Length} whole entries{(isWhole ? "" : " and a broken one")}, not {read.Width}");
        }

        return [.. entries.Take(path.Width)];
    }

    /// <summary>A partial file may have given way to the full one, which begins with the same (C2SP tlog-tiles, "Partial Tiles").</summary>
    private async Task<(LogFile File, TilePath Read)> ReadAsync(TilePath path, int maxBytes, CancellationToken cancellationToken)
    {
        var file = await reader(path.ToString(), maxBytes, cancellationToken);
        if (path.IsPartial && !file.IsFound && !file.IsForbidden
            && await reader(path.Full().ToString(), maxBytes, cancellationToken) is { IsFound: true } full)
        {
            return (full, path.Full());
        }

        return (file, path);
    }

    private void Absent(LogFile file, TilePath path)
    {
        if (file.IsForbidden)
        {
            faults.Add("file_forbidden", path.ToString(), "there is no right to read it");
        }
        else
        {
            faults.Add("file_missing", path.ToString(), $"it is missing, though the checkpoint covers {head.Size} entries");
        }
    }

    private void Compare(TilePath bundle, TilePath tile, Hash[]? stored, Hash[] hashed)
    {
        if (stored is null)
        {
            return;
        }

        var differ = Enumerable.Range(0, Math.Min(stored.Length, hashed.Length)).Where(i => stored[i] != hashed[i]).ToArray();
        if (differ is [var first, .. var more])
        {
            faults.Add("entry_mismatch", $"leaf {LeafIndex(bundle, first)} ({bundle})",
                $"the entry's leaf hash is {hashed[first]}, "
                    + $"{tile} has {stored[first]}{(more.Length > 0 ? $"; {more.Length} later entries of the bundle differ too" : "")}");
        }
    }

    private void Follow(TilePath bundle, ReadOnlyMemory<byte>[] entries, Hash[] hashed)
    {
        for (var i = 0; sequence is not null && i < entries.Length; i++)
        {
            sequence.Next(LeafIndex(bundle, i), hashed[i], entries[i].Span);
        }
    }

    /// <summary>Takes the root of a full tile into the row above, and checks each tile of that row when it is full.</summary>
    private async Task RaiseAsync(int level, Hash root, CancellationToken cancellationToken)
    {
        for (; ; level++)
        {
            if (_upper.Count < level)
            {
                _upper.Add([]);
                _upperIndex.Add(0);
            }

            var row = _upper[level - 1];
            row.Add(root);
            if (row.Count < TilePath.FullWidth)
            {
                return;
            }

            var stored = await CompareUpperAsync(TilePath.Hashes(level, _upperIndex[level - 1]), row, cancellationToken);
            root = MerkleTree.Root(stored ?? [.. row]);
            row.Clear();
            _upperIndex[level - 1]++;
        }
    }

    private async Task<Hash[]?> CompareUpperAsync(TilePath path, List<Hash> expected, CancellationToken cancellationToken)
    {
        if (await ReadTileAsync(path, cancellationToken) is not { } stored)
        {
            return null;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (stored[i] != expected[i])
            {
                var below = TilePath.Hashes(path.Level - 1, (path.Index * TilePath.FullWidth) + i);
                faults.Add("tile_mismatch", path.ToString(), $"its hash {i} is {stored[i]}, but {below} has the root {expected[i]}");
                break;
            }
        }

        return stored;
    }

    private void CompareRoots()
    {
        var tiles = _fromTiles.Root;
        var entries = ReadsEntries ? _fromEntries.Root : null;
        var tilesWrong = tiles is not null && tiles != head.Root;
        var entriesWrong = entries is not null && entries != head.Root;
        var signed = $"the checkpoint signs the root {head.Root} for {head.Size} entries";
        if (tilesWrong && entries is not null && !entriesWrong)
        {
            faults.Add("root_mismatch", "tile/0", $"{signed}; the entries lead to it, the tiles to {tiles}: tiles were changed");
        }
        else if (entriesWrong && tiles is not null && !tilesWrong)
        {
            faults.Add("root_mismatch", "tile/entries", $"{signed}; the tiles lead to it, the entries to {entries}: entries were changed");
        }
        else if (tilesWrong || entriesWrong)
        {
            faults.Add(
                "root_mismatch", "checkpoint",
                $"{signed}, but {(tilesWrong ? "the tiles" : "the entries")} lead to {(tilesWrong ? tiles : entries)}");
        }

        if (since is { Size: > 0 } && since.Size <= head.Size
            && (_fromTiles.RootAtSince ?? _fromEntries.RootAtSince) is { } then && then != since.Root)
        {
            faults.Add("history_rewritten", $"leaves 0 to {since.Size - 1}",
                $"the older checkpoint signs the root {since.Root} for the first {since.Size} entries, but they now have {then}: "
                    + $"the log was rewritten before leaf {since.Size}");
        }
    }

    private static long LeafIndex(TilePath bundle, int position) => (bundle.Index * TilePath.FullWidth) + position;
}
