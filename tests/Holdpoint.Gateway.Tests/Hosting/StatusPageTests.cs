using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>The example of the page about HTTP has the members that the status has, and its table explains each.</summary>
public sealed partial class StatusPageTests
{
    [Fact]
    public async Task The_status_is_as_its_page_says()
    {
        var page = await File.ReadAllTextAsync(Repo.Path("docs", "reference", "http.md"), TestContext.Current.CancellationToken);
        var section = page[page.IndexOf("## Status", StringComparison.Ordinal)..];
        var example = JsonNode.Parse(Example().Match(section).Groups["json"].Value)!.AsObject();
        await using var gateway = await TestGateway.StartAsync();
        gateway.Edit(text => text.Replace("limits: {}", "limits: { calls: 0 }", StringComparison.Ordinal));
        var outcome = await gateway.ReloadAsync();

        var status = (await gateway.StatusAsync()).AsObject();

        Assert.Equal(Names(example), Names(status));
        Assert.Equal(Names(example["reload"]!.AsObject()), Names(status["reload"]!.AsObject()));
        Assert.Equal(Names(example["upstreams"]![0]!.AsObject()), Names(status["upstreams"]![0]!.AsObject()));
        Assert.Equal(example["reload"]!["problems"]![0]!.ToString(), Assert.Single(outcome.Problems));
        Assert.All(Names(example), name => Assert.Contains($"`{name}`", section, StringComparison.Ordinal));
        Assert.Matches("^[0-9a-f]{64}$", status["program"]!.ToString());
        Assert.Matches("^[0-9a-f]{64}$", status["configuration"]!.ToString());
    }

    private static IEnumerable<string> Names(JsonObject json) => json.Select(member => member.Key);

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
