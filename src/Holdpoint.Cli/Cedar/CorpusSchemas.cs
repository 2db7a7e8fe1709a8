using System.Text;
using System.Text.Json;

namespace Holdpoint.Cli.Cedar;

/// <summary>The schemas of tests in JSON, as the reference implementation translates them.</summary>
internal sealed class CorpusSchemas(CorpusFiles files)
{
    private readonly CorpusCompanions _companions = new(files, ".cedarschema.json");

    /// <summary>Compares the translation of a test's schema and counts it; null when there is nothing to compare it with.</summary>
    public bool? Compare(CorpusTest test, CorpusTally tally)
    {
        if (_companions.Find(test.Id) is not { } path)
        {
            return null;
        }

        var agrees = test.Schema is { } schema && IsSame(files.Read(path), Encoding.UTF8.GetBytes(schema.ToJson()));
        tally.CountSchema(test.Id, agrees);
        return agrees;
    }

    /// <summary>Whether both are the same JSON; what is not JSON is the same as nothing.</summary>
    private static bool IsSame(byte[] expected, byte[] actual)
    {
        try
        {
            using var left = JsonDocument.Parse(expected, CorpusReader.Depth);
            using var right = JsonDocument.Parse(actual, CorpusReader.Depth);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
