using System.Collections.Immutable;
using Holdpoint.Log.Notes;

namespace Holdpoint.Log.Verification;

/// <summary>
/// Verifies a whole log from its tlog-tiles files, offline, with nothing but the log's key: the signed checkpoint, every entry, every tile
/// of every level, the root they lead to, the sequence of each gateway's records, and that an older checkpoint still holds. Thread-safe.
/// </summary>
public static class LogVerifier
{
    private const string CheckpointPath = "checkpoint";

    /// <summary>Reads and verifies the log. Memory stays small: the files are read one after the other, each once.</summary>
    /// <param name="reader">Gives the log's files.</param>
    /// <param name="key">The log's key; its name is the log's origin.</param>
    /// <param name="since">An older signed checkpoint of this log, kept where the log's operator cannot change it; null for none.</param>
    /// <param name="entriesAreRecords">False only for a log of something else, whose entries have no gateways and sequences.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>What was found; faults of the log are never exceptions. What <paramref name="reader"/> throws passes through.</returns>
    public static async Task<LogVerification> VerifyAsync(
        LogReader reader,
        VerifierKey key,
        byte[]? since = null,
        bool entriesAreRecords = true,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(key);
        var faults = new FaultList();
        var older = OpenSince(since, key, faults);
        if (await OpenHeadAsync(reader, key, faults, cancellationToken) is not { } head)
        {
            return new() { Since = older, Faults = faults.Kept, FaultCount = faults.Count };
        }

        if (older is not null && older.Size > head.Size)
        {
            faults.Add(
                "history_cut", CheckpointPath,
                $"the log ends at {head.Size} entries, but it had {older.Size} at the older checkpoint: its tail was cut");
        }

        var sequence = entriesAreRecords ? new SequenceCheck(faults) : null;
        var tree = new TreeCheck(reader, head, older, faults, sequence);
        await tree.RunAsync(cancellationToken);
        return new()
        {
            Checkpoint = head,
            Since = older,
            EntriesChecked = tree.ReadsEntries,
            Tiles = tree.Tiles,
            Gateways = sequence?.Counts ?? ImmutableSortedDictionary<string, long>.Empty,
            Faults = faults.Kept,
            FaultCount = faults.Count,
        };
    }

    private static Checkpoint? OpenSince(byte[]? since, VerifierKey key, FaultList faults)
    {
        if (since is null)
        {
            return null;
        }

        if (!Checkpoint.TryOpen(since, key, out var older, out var fault))
        {
            faults.Add("since_checkpoint", "older checkpoint", fault);
        }

        return older;
    }

    private static async Task<Checkpoint?> OpenHeadAsync(
        LogReader reader, VerifierKey key, FaultList faults, CancellationToken cancellationToken)
    {
        var file = await reader(CheckpointPath, SignedNote.MaxBytes, cancellationToken);
        if (!file.IsFound)
        {
            faults.Add(file.IsForbidden ? "file_forbidden" : "file_missing", CheckpointPath, "the log's checkpoint cannot be read");
            return null;
        }

        if (!Checkpoint.TryOpen(file.Bytes.Span, key, out var head, out var fault))
        {
            faults.Add("checkpoint", CheckpointPath, fault);
        }

        return head;
    }
}
