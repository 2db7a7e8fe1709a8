namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Held while one process has a resource to itself. The lock belongs to the open file (flock), so it ends with the process,
/// however that dies; the empty file stays.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null when another process, or this one, holds it.</summary>
    /// <exception cref="IOException">The file cannot be created or opened.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    // .NET reports a failed flock with the errno as HResult: EWOULDBLOCK on Linux.
    private const int WouldBlock = 11;
}
