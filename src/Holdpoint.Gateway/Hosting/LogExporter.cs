using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Tiles;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Hosting;

/// <summary>The extent of an export.</summary>
/// <param name="Size">Number of records under the exported checkpoint.</param>
/// <param name="Unsigned">Records that the running gateway had not signed yet; they are not in the export. 0 when it is stopped.</param>
public sealed record LogExport(long Size, long Unsigned);

/// <summary>
/// Writes a log as files in the C2SP tlog-tiles layout, for anybody to verify without us: <c>checkpoint</c>, <c>tile/…</c> and
/// <c>tile/entries/…</c>.
/// </summary>
public static class LogExporter
{
    /// <summary>
    /// Exports the log. With the gateway stopped, everything, after signing what a crash left unsigned; with it running, everything
    /// under its newest checkpoint, without disturbing it.
    /// </summary>
    /// <param name="settings">The configuration: where store and guards are.</param>
    /// <param name="signer">The log's key; its name is the origin.</param>
    /// <param name="folder">Where to write: a new or empty folder, or that of an earlier export.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the export, leaving it incomplete and without a new checkpoint.</param>
    /// <exception cref="LogExportException">It cannot be done; the message says why and what to do.</exception>
    public static Task<LogExport> ExportAsync(
        GatewaySettings settings, NoteSigner signer, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(signer);
        var copy = GuardCopy.At(settings.LogGuardCopyPath, signer.VerifierKey);
        return ExportAsync(settings.StorePath, signer, settings.LogGuardPath, folder, time, cancellationToken, copy);
    }

    internal static async Task<LogExport> ExportAsync(
        string storePath, NoteSigner signer, string guardPath, string folder, TimeProvider time, CancellationToken cancellationToken,
        GuardCopy? copy = null)
    {
        if (!File.Exists(storePath))
        {
            throw new LogExportException($"There is no store {storePath}. Did the gateway ever start with this configuration?");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            && !File.Exists(Path.Combine(folder, CheckpointName)))
        {
            throw new LogExportException($"{folder} is not empty and not an earlier export. Name a new folder.");
        }

        try
        {
            await SignIfStoppedAsync(storePath, signer, guardPath, copy, time, cancellationToken);
            var checkpoint = SignerGuard.Read(guardPath, signer.VerifierKey)
                ?? throw new LogExportException("Nothing was signed yet. Start the gateway once.");
            using var connection = new StoreConnection(new StoreOptions { Path = storePath }, SqliteOpenMode.ReadOnly);
            Write(connection, checkpoint, folder, cancellationToken);
            return new LogExport(checkpoint.Size, RecordTables.Size(connection) - checkpoint.Size);
        }
        catch (Exception e) when (
            e is StoreRefusedException or StoreUnavailableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new LogExportException($"The log cannot be exported: {e.Message}", e);
        }
    }

    private const string CheckpointName = "checkpoint";

    private static async Task SignIfStoppedAsync(
        string storePath, NoteSigner signer, string guardPath, GuardCopy? copy, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Store.IsInUse(storePath))
        {
            return;
        }

        await using var store = GatewayStore.Open(new() { Path = storePath }, time);
        var records = await RecordLog.OpenAsync(store, time, cancellationToken: cancellationToken);
        await using var opened = await CheckpointSigner.OpenAsync(
            store, records, signer, guardPath, copy, cancellationToken: cancellationToken);
    }

    private static void Write(StoreConnection connection, SignedCheckpoint checkpoint, string folder, CancellationToken cancellationToken)
    {
        foreach (var path in TilePath.AllHashes(checkpoint.Size).Concat(TilePath.AllEntries(checkpoint.Size)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Path.Combine(folder, path.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var tile = StoredTree.Read(connection, path)
                ?? throw new LogExportException($"The log is damaged: {path} is missing. Restore the store from a copy.");
            Write(file, tile, isPrivate: path.IsEntries);
        }

        // Last, so that a checkpoint in the folder promises only what is there.
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, CheckpointName), checkpoint.Note.Span);
    }

    /// <summary>Hashes and checkpoint are for everybody; records are for those whom the operator gives them.</summary>
    private static void Write(string file, byte[] bytes, bool isPrivate)
    {
        if (!isPrivate)
        {
            File.WriteAllBytes(file, bytes);
            return;
        }

        OwnerOnly.EnsureExists(file);
        OwnerOnly.Tighten(file);
        File.WriteAllBytes(file, bytes);
    }
}

/// <summary>The log cannot be exported. The message is for the operator.</summary>
public sealed class LogExportException(string message, Exception? inner = null) : Exception(message, inner);
