using System.Text;
using System.Text.Json;

namespace Holdpoint.Cli.Cedar;

/// <summary>The schemas of tests in JSON, as the reference implementation translates them.</summary>
internal sealed class CorpusSchemas(CorpusFiles files)
{
    private const string Ending = ".cedarschema.json";

    private readonly Dictionary<string, string> _paths = files.Paths
        .Where(p => p.EndsWith(Ending, StringComparison.Ordinal))
        .ToDictionary(p => Path.GetFileName(p)[..^Ending.Length], StringComparer.Ordinal);

    /// <summary>Compares the translation of a test's schema and counts it; null when there is nothing to compare it with.</summary>
    public bool? Compare(CorpusTest test, CorpusTally tally)
    {
        if (!_paths.TryGetValue(Path.GetFileName(test.Id), out var path))
        {
            return null;
        }

        var agrees = test.Schema is { } schema && IsSame(files.Read(path), Encoding.UTF8.GetBytes(schema.ToJson()));
        tally.CountSchema(test.Id, agrees);
        return agrees;
    }

    private static bool IsSame(byte[] expected, byte[] actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
