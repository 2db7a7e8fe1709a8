using System.Globalization;
using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads files that hold a key or another secret, and refuses those that others than their owner can read or change.</summary>
public static class KeyFileReader
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The text of the file.</summary>
    /// <remarks>
    /// The rule is that of OpenSSH for private keys (<c>sshkey_perm_ok</c>): a file of this process's own user must have no bit of the
    /// group's or the others'. A file that somebody else owns, such as a secret that an orchestrator mounts, is its owner's to protect.
    /// </remarks>
    /// <exception cref="KeyFileOpenException">Others can read or change it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static string ReadText(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

        // Of the file that is open, so that what is judged is what is read.
        var status = FileStatus.Of(file.SafeFileHandle);
        if (status.Owner == FileStatus.CurrentUser && (status.Mode & Others) != 0)
        {
            throw new KeyFileOpenException(Path.GetFileName(path), status.Mode);
        }

        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}

/// <summary>A key file can be read or changed by others than its owner. The message holds a stable code, its name and what to do.</summary>
public sealed class KeyFileOpenException : IOException
{
    internal KeyFileOpenException(string name, UnixFileMode mode)
        : base($"{SettingsCode.KeyFileOpen} its mode 0{Octal(mode)} lets others than its owner read or change it; run: chmod 600 {name}")
    {
    }

    private static string Octal(UnixFileMode mode) =>
        Convert.ToString((int)mode, toBase: 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);
}
