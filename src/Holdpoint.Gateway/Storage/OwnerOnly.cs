namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Files that only the user of the gateway may read: all that it keeps is private, whatever the umask it was started with.
/// </summary>
internal static class OwnerOnly
{
    /// <summary>Mode 0600.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Owners = Mode | UnixFileMode.UserExecute;

    /// <summary>Options that make a file so from its first moment on, not by a later chmod. One that exists keeps its mode.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }

    /// <summary>Makes an empty file where there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void EnsureExists(string path)
    {
        if (!File.Exists(path))
        {
            // Not exclusively: a link may lead to where the file is to be.
            new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.Write)).Dispose();
        }
    }

    /// <summary>Makes a folder, and those that lead to it, where there are none; one that exists keeps its mode.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Owners);
        }
    }

    /// <summary>Takes the group's and the others' rights away from a file that has any.</summary>
    /// <returns>True when it had some; false when not, or there is no such file.</returns>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's file.</exception>
    public static bool Tighten(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~Owners) == 0)
        {
            return false;
        }

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) & Owners);
        return true;
    }
}
