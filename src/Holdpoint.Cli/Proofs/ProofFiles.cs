namespace Holdpoint.Cli.Proofs;

/// <summary>The files that lie in the <c>proofs/</c> of an agreement, read within bounds.</summary>
internal static class ProofFiles
{
    /// <summary>Most files that are read: an agreement has one proof, and a few while keys change hands.</summary>
    public const int MaxFiles = 16;

    /// <summary>Largest file, in bytes: 64 KiB, fifty times a proof.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// Each file in the order of the names: its name as people are shown it, and either its content or why it is not read.
    /// </summary>
    public static IEnumerable<(string Name, byte[]? Content, string? Fault)> Read(string folder)
    {
        var proofs = new DirectoryInfo(Path.Combine(folder, "proofs"));
        if (!proofs.Exists)
        {
            yield break;
        }

        FileSystemInfo[] entries = [];
        string? unread = null;
        try
        {
            entries = [.. proofs.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unread = Unreadable(e);
        }

        if (unread is not null)
        {
            yield return ("proofs/", null, unread);
        }

        foreach (var entry in entries.Take(MaxFiles))
        {
            var (content, fault) = Read(entry);
            yield return ($"proofs/{Shown(entry.Name)}", content, fault);
        }

        if (entries.Length > MaxFiles)
        {
            yield return ($"proofs/{Shown(entries[MaxFiles].Name)}", null, $"only the first {MaxFiles} files are read");
        }
    }

    private static (byte[]? Content, string? Fault) Read(FileSystemInfo entry)
    {
        try
        {
            if (entry.LinkTarget is not null)
            {
                return (null, "it is a link; put the file itself there");
            }

            // Pipes and devices are of no length, and reading one can wait forever: they are not opened.
            if (entry is not FileInfo { Length: > 0 } file)
            {
                return (null, "it is not a regular file, or it is empty");
            }

            // What it holds can have grown since: no more than the limit is taken in.
            using var stream = file.OpenRead();
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > MaxBytes ? (null, $"it is larger than {MaxBytes} bytes") : (buffer[..length], null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable(e));
        }
    }

    private static string Unreadable(Exception fault) =>
        fault is UnauthorizedAccessException ? "this user may not read it" : "the system cannot read it";

    // A name goes to a terminal and to a log, where a line end in it would be a line of its own.
    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
