namespace Holdpoint.Agreements.Loading;

/// <summary>Finds and reads the files of an agreement's folder, and finds the files that do not belong there.</summary>
internal static class AgreementFiles
{
    /// <summary>The maximum number of files, clauses included: 1,002. Twice the 500 clauses that analysis is required to handle.</summary>
    public const int MaxFiles = 1002;

    /// <summary>The maximum size of a file, in bytes: 1 MiB, a hundred times a long clause.</summary>
    public const int MaxFileBytes = 1 << 20;

    private static readonly string[] Required = ["agreement.yaml", "basis.yaml"];

    public static List<AgreementFile> Read(string folder, Problems problems)
    {
        List<AgreementFile> files = [];
        if (!Directory.Exists(folder))
        {
            problems.Add(ProblemCode.MissingFile, "agreement.yaml", "there is no such folder", "check the path of the agreement");
            return files;
        }

        foreach (var (path, entry) in Entries(new DirectoryInfo(folder), prefix: "", problems))
        {
            if (files.Count == MaxFiles)
            {
                problems.Add(
                    ProblemCode.TooManyFiles, path, $"an agreement has at most {MaxFiles} files", "join clauses that belong together");
                break;
            }

            if (entry.Length > MaxFileBytes)
            {
                problems.Add(ProblemCode.UnreadableFile, path, $"the file is larger than {MaxFileBytes} bytes", "split it");
                continue;
            }

            files.Add(new(path, File.ReadAllBytes(entry.FullName)));
        }

        foreach (var name in Required.Where(name => !files.Exists(file => file.Path == name)))
        {
            problems.Add(ProblemCode.MissingFile, name, "the file is missing", "every agreement has one");
        }

        return files;
    }

    /// <summary>The files that are part of the bundle. <c>*.md</c> anywhere and <c>proofs/</c> are not part of it.</summary>
    private static IEnumerable<(string Path, FileInfo Entry)> Entries(DirectoryInfo folder, string prefix, Problems problems)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is not null)
            {
                problems.Add(
                    ProblemCode.UnreadableFile, path, "a link can change without the agreement changing", "put the file itself here");
            }
            else if (entry is DirectoryInfo inner)
            {
                if (path == "proofs")
                {
                    continue;
                }

                foreach (var found in Entries(inner, path + "/", problems))
                {
                    yield return found;
                }
            }
            else if (IsPart(path))
            {
                yield return (path, (FileInfo)entry);
            }
            else if (!path.EndsWith(".md", StringComparison.Ordinal))
            {
                problems.Add(
                    ProblemCode.StrayFile,
                    path,
                    "the file does not belong to an agreement",
                    "an agreement has agreement.yaml, basis.yaml, vocabulary.cedarschema, clauses/*.cedar, red-lines/*.cedar, "
                    + "proofs/ and *.md: remove it");
            }
        }
    }

    private static bool IsPart(string path) =>
        path is "agreement.yaml" or "basis.yaml" or "vocabulary.cedarschema"
        || (path.EndsWith(".cedar", StringComparison.Ordinal) && path.Split('/') is ["clauses" or "red-lines", _]);
}
