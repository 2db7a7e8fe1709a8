using System.Collections.Immutable;
using Holdpoint.Agreements.Loading;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Agreements;

/// <summary>Loads an agreement from its folder (docs/reference/agreement.md).</summary>
public static class AgreementFolder
{
    /// <summary>
    /// Reads every file once, and returns either the agreement or all its problems. Files are hashed as they are read, so the bundle digest
    /// names exactly the files that are enforced.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static AgreementLoadResult Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new Problems();
        var files = AgreementFiles.Read(path, problems);
        var vocabulary = VocabularyReader.Read(files.Find(file => file.Path == "vocabulary.cedarschema"), problems);
        var facts = ReadYaml(files, "agreement.yaml", problems) is { } root ? new FactsReader(root, vocabulary, problems).Read() : null;
        var basis = ReadYaml(files, "basis.yaml", problems) is { } texts ? BasisReader.Read(texts, problems) : null;
        if (facts is null || basis is null)
        {
            // Without either, every name in every clause would be reported as unknown.
            return new(null, problems.ToImmutable());
        }

        var clauses = ReadClauses(files, new ClauseReader(facts, vocabulary, basis, problems), problems);
        return problems.Any
            ? new(null, problems.ToImmutable())
            : new(new Agreement(BundleDigest.Of(files), facts, vocabulary, clauses), []);
    }

    private static YamlSection? ReadYaml(List<AgreementFile> files, string name, Problems problems) =>
        files.Find(file => file.Path == name) is { } file
        && file.ReadText(problems) is { } text
        && YamlDocument.Read(name, text, problems) is { } root
            ? new YamlSection(root, problems)
            : null;

    private static ImmutableArray<LoadedClause> ReadClauses(List<AgreementFile> files, ClauseReader reader, Problems problems)
    {
        var clauses = ImmutableArray.CreateBuilder<LoadedClause>();
        Dictionary<string, string> stems = new(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Path.EndsWith(".cedar", StringComparison.Ordinal)))
        {
            if (!stems.TryAdd(file.Stem, file.Path))
            {
                problems.Add(
                    ProblemCode.BadClauseName, file.Path, $"the id '{file.Stem}' is that of {stems[file.Stem]}", "rename one of the two");
            }

            if (reader.Read(file) is { } clause)
            {
                clauses.Add(clause);
            }
        }

        if (!files.Exists(file => file.Path.StartsWith("clauses/", StringComparison.Ordinal)))
        {
            problems.Add(
                ProblemCode.NoClauses, "clauses", "the agreement has no clause, so it says nothing", "write at least one that permits");
        }

        return clauses.ToImmutable();
    }
}
