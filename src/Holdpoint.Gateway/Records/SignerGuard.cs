using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Notes;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The memory of what a log key has signed, in a file outside the database: the last checkpoint itself, as a signed note. An older copy
/// of the database, or a changed one, is found out by it before it is signed. One process at a time holds it. Not thread-safe.
/// </summary>
internal sealed class SignerGuard : IDisposable
{
    // A checkpoint with one signature has some 200 bytes.
    private const int MaxFileBytes = 64 * 1_024;

    private readonly string _path;
    private readonly FileLock _lock;

    private SignerGuard(string path, FileLock fileLock)
    {
        _path = path;
        _lock = fileLock;
    }

    /// <summary>The last checkpoint that was signed; null when there was none.</summary>
    public SignedCheckpoint? Last { get; private set; }

    /// <exception cref="StoreRefusedException">Another process signs with this key, or the file is not this key's.</exception>
    public static SignerGuard Open(string path, VerifierKey key)
    {
        FileLock? fileLock = null;
        try
        {
            fileLock = FileLock.TryTake(path + ".lock")
                ?? throw new StoreRefusedException(
                    $"Another process signs with this log key: {path}.lock is taken. Stop it first; a key has one signer.");
            return new SignerGuard(path, fileLock) { Last = Read(path, key) };
        }
        catch (Exception e)
        {
            fileLock?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreRefusedException($"The signer guard {path} cannot be opened: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>The last checkpoint in a guard file, without holding the guard; null when there is no file.</summary>
    /// <exception cref="StoreRefusedException">The file is not this key's.</exception>
    public static SignedCheckpoint? Read(string path, VerifierKey key)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MaxFileBytes)
        {
            throw new StoreRefusedException($"The signer guard {path} is not a checkpoint.");
        }

        var note = File.ReadAllBytes(path);
        return Checkpoint.TryOpen(note, key, out var checkpoint, out var fault)
            ? new SignedCheckpoint(checkpoint, note)
            : throw new StoreRefusedException(
                $"The signer guard {path} is not this log's: {fault}. Restore the guard that belongs to the key.");
    }

    /// <summary>
    /// Remembers a checkpoint, durably, before anybody sees it. Call it only with one that is consistent with <see cref="Last"/>.
    /// </summary>
    /// <exception cref="IOException">It could not be remembered, so it must not be shown.</exception>
    public void Remember(SignedCheckpoint checkpoint)
    {
        DurableFile.Replace(_path, checkpoint.Note.Span);
        Last = checkpoint;
    }

    /// <summary>
    /// Takes over what a copy elsewhere remembers, if that is more: then this file is old, and perhaps the store with it.
    /// </summary>
    public void Learn(SignedCheckpoint? copy)
    {
        if (copy is not null && copy.Size > (Last?.Size ?? 0))
        {
            Last = copy;
        }
    }

    public void Dispose() => _lock.Dispose();
}

/// <summary>A checkpoint and the signed note that carries it.</summary>
internal sealed record SignedCheckpoint(Checkpoint Checkpoint, ReadOnlyMemory<byte> Note)
{
    public long Size => Checkpoint.Size;

    public Hash Root => Checkpoint.Root;
}
