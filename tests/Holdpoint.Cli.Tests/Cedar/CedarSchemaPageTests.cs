using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

/// <summary>What docs/reference/cedar-schema.md shows is what happens.</summary>
public sealed partial class CedarSchemaPageTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "cedar-schema.md"));

    [Fact]
    public async Task The_example_is_translated_as_the_page_shows_and_back_to_its_text()
    {
        using var folder = new TempFolder();
        var text = Block("cedarschema").Match(Page).Groups["content"].Value;
        File.WriteAllText(folder["shop.cedarschema"], text);

        var json = await CedarRun.Of("translate-schema", "--direction", "cedar-to-json", "--schema", folder["shop.cedarschema"]);
        File.WriteAllText(folder["shop.json"], json.Output);
        var back = await CedarRun.Of("translate-schema", "--direction", "json-to-cedar", "--schema", folder["shop.json"]);

        var shown = JsonDocument.Parse(Block("json").Match(Page).Groups["content"].Value).RootElement;
        Assert.True(JsonElement.DeepEquals(shown, JsonDocument.Parse(json.Output).RootElement), json.Output);
        Assert.Equal(text.TrimEnd(), back.Output);
    }

    [Theory]
    [InlineData(typeof(SchemaCode), "CS")]
    [InlineData(typeof(ConformanceCode), "CC")]
    public void Every_code_is_on_the_page_once(Type codes, string letters)
    {
        var known = codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).Order();

        Assert.Equal(
            known,
            Code().Matches(Page).Select(m => m.Groups["code"].Value).Where(c => c.StartsWith(letters, StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void The_limits_on_the_page_are_those_of_the_library()
    {
        foreach (var limit in (int[])[ParseLimits.Default.MaxLength, ParseLimits.Default.MaxDepth, SchemaLimits.Default.MaxTypeDepth,
            SchemaLimits.Default.MaxTypeSize, SchemaLimits.Default.MaxEnvironments, SchemaLimits.Default.MaxAncestors])
        {
            Assert.Contains(FormattableString.Invariant($"| {limit:N0}"), Page, StringComparison.Ordinal);
        }
    }

    private static Regex Block(string language) =>
        new($"^```{language}\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);

    [GeneratedRegex(@"^\| (?<code>C[SC]\d{4}) \|", RegexOptions.Multiline)]
    private static partial Regex Code();
}
