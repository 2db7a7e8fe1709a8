using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Schema;

/// <summary>Schemas of the published corpus, in both syntaxes.</summary>
public sealed class PublishedSchemaTests
{
    [Fact]
    public void Every_schema_gives_the_JSON_that_the_reference_gives()
    {
        var json = TestData.Entries("cedar/json-schemas.tar.gz");
        var corpus = TestData.Entries("cedar/corpus.tar.gz");
        var compared = 0;
        foreach (var (path, expected) in json.Where(e => e.Key.EndsWith(".cedarschema.json", StringComparison.Ordinal)))
        {
            var name = Path.GetFileName(path)[..^".json".Length];
            var parsed = SchemaParser.Parse(Encoding.UTF8.GetString(corpus[$"corpus/{name}"]));

            Assert.True(parsed.IsValid, $"{name}: {parsed.Diagnostics.FirstOrDefault()}");
            Assert.True(IsSame(expected, Encoding.UTF8.GetBytes(parsed.Document.ToJson())), name);
            compared++;
        }

        Assert.Equal(5_437, compared);
    }

    [Fact]
    public void Every_schema_resolves_to_the_same_from_either_syntax_and_after_both_translations()
    {
        foreach (var (path, bytes) in TestData.Entries("cedar/json-schemas.tar.gz")
            .Where(e => e.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            var parsed = SchemaJson.Parse(bytes);
            Assert.True(parsed.IsValid, $"{path}: {parsed.Diagnostics.FirstOrDefault()}");
            var text = parsed.Document.ToCedar();
            Assert.True(text.IsValid, $"{path}: {text.Diagnostics.FirstOrDefault()}");
            var again = SchemaParser.Parse(text.Text);
            Assert.True(again.IsValid, $"{path}: {again.Diagnostics.FirstOrDefault()}");

            var first = CedarSchema.Resolve(parsed.Document);
            var second = CedarSchema.Resolve(again.Document);
            var full = parsed.Document.WithResolvedNames();
            Assert.True(first.IsValid, $"{path}: {first.Diagnostics.FirstOrDefault()}");
            Assert.True(second.IsValid, $"{path}: {second.Diagnostics.FirstOrDefault()}");
            Assert.Equal(Outline.Of(first.Schema), Outline.Of(second.Schema));
            Assert.Equal(Outline.Of(first.Schema), Outline.Of(CedarSchema.Resolve(full.Document!).Schema!));
            Assert.True(IsSame(bytes, Encoding.UTF8.GetBytes(parsed.Document.ToJson())), path);
        }
    }

    private static bool IsSame(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b)
    {
        using var left = JsonDocument.Parse(a);
        using var right = JsonDocument.Parse(b);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
