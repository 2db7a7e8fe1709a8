using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed partial class SignalsPageTests
{
    [Fact]
    public void The_example_of_the_page_gives_what_the_page_says()
    {
        var blocks =
            Block().Matches(File.ReadAllText(Repo.Path("docs", "reference", "signals.md"))).Select(static m => m.Groups[1].Value).ToArray();
        var phrases = JsonSerializer.Deserialize<Dictionary<string, ImmutableArray<string>>>(blocks[0])!;
        using var expected = JsonDocument.Parse(blocks[2]);

        var findings = Scan.Text(Detectors.Create(phrases), blocks[1]);

        Assert.Equal(expected.RootElement.GetProperty("persons").GetInt64(), findings.PersonCount);
        Assert.Equal(expected.RootElement.GetProperty("records").GetInt64(), findings.RecordCount);
        Assert.Equal(expected.RootElement.GetProperty("locations").GetInt64(), findings.LocationCount);
        Assert.Equal(expected.RootElement.GetProperty("phrases").Deserialize<string[]>()!, findings.Phrases);
    }

    [GeneratedRegex("```(?:json|text)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
