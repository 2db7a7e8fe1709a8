using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using Xunit;

namespace Holdpoint.Testing;

/// <summary>
/// Published vectors and corpora, which the repository does not contain. They come from <c>HOLDPOINT_TEST_DATA</c>, or else from
/// <c>../shared/data</c> beside the checkout; a test whose file is missing is skipped, naming the file.
/// </summary>
public static class TestData
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Unpacked = new();

    public static string Root { get; } =
        Environment.GetEnvironmentVariable("HOLDPOINT_TEST_DATA") is { Length: > 0 } folder
            ? folder
            : Path.GetFullPath(Path.Combine(Repo.Root, "..", "shared", "data"));

    /// <summary>The path of a data file; skips the calling test where it is absent.</summary>
    public static string File(string relativePath)
    {
        var path = Path.Combine(Root, relativePath);
        Assert.SkipUnless(System.IO.File.Exists(path), $"test data not found: {path}");
        return path;
    }

    /// <summary>A temporary folder holding the unpacked archive, once per process; skips the calling test where it is absent.</summary>
    public static string Archive(string relativePath)
    {
        var path = File(relativePath);
        return Unpacked.GetOrAdd(path, static p => new Lazy<string>(() => Unpack(p))).Value;
    }

    /// <summary>The files of an archive by path, read without unpacking to disk; skips the calling test where it is absent.</summary>
    public static IReadOnlyDictionary<string, byte[]> Entries(string relativePath)
    {
        using var gzip = new GZipStream(System.IO.File.OpenRead(File(relativePath)), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        var entries = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                var bytes = new byte[entry.Length];
                content.ReadExactly(bytes);
                entries.Add(entry.Name, bytes);
            }
        }

        return entries;
    }

    private static string Unpack(string archive)
    {
        var target = Directory.CreateTempSubdirectory("holdpoint-data-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(target, recursive: true);
        using var file = System.IO.File.OpenRead(archive);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(gzip, target, overwriteFiles: false);
        return target;
    }
}
