using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Replaces a small file, which only this user may read, so that after a power failure there is the old one or the new one, whole, and
/// after this returns the new one.
/// </summary>
internal static class DurableFile
{
    /// <exception cref="IOException">It could not be written; the old file is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var next = path + ".next";

        // What a crash left of it may have another mode; a new one is this user's alone.
        File.Delete(next);
        using (var file = new FileStream(next, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);

        // The new name is durable only with its folder, and .NET opens no folders.
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a file that only this user may read. When this returns it is durable.</summary>
    /// <exception cref="IOException">It is there already, or could not be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> bytes)
    {
        using (var file = new FileStream(path, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void SyncFolder(string folder)
    {
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnlyFlag);
        if (descriptor < 0)
        {
            throw new IOException("The folder of a durable file cannot be opened.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw new IOException("The folder of a durable file cannot be synced.", new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // O_RDONLY | O_CLOEXEC on Linux.
    private const int ReadOnlyFlag = 0x80000;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
