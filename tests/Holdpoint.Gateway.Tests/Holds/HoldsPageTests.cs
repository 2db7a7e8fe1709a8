using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Evidence.Approvals;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>docs/reference/holds.md says what the code does.</summary>
public sealed partial class HoldsPageTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "holds.md"));

    [Fact]
    public void The_example_is_a_binding_and_its_digest_is_the_one_given()
    {
        var text = Example("""{"body":""");
        var json = JsonNode.Parse(text)!;

        var binding = new HoldBinding(
            Of("kind"), Of("endpoint"), Of("provider"), Of("upstream"), Of("deployment"), Of("principal"), Digest("bundle"),
            Digest("body"), Digest("claims"), [], []);

        Assert.Equal(text, Encoding.UTF8.GetString(binding.ToJson(Of("hold"))));
        Assert.Equal(text, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text))));
        Assert.Contains($"Its SHA-256 is `{binding.DigestFor(Of("hold")).ToHex()}`", Page, StringComparison.Ordinal);
        Assert.True(HoldId.TryParse(Of("hold"), out _));

        string Of(string name) => json[name]!.GetValue<string>();

        Hash Digest(string name) => Hash.TryParseHex(Of(name), out var digest) ? digest : default;
    }

    [Fact]
    public async Task A_hold_over_HTTP_has_the_members_of_the_example()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.DecideAsync(hold, 0);

        var shown = await gateway.ShowAsync(hold);
        var example = JsonNode.Parse(Example("{\n  \"hold\": {").Replace(",…", "", StringComparison.Ordinal))!;

        Assert.Equal(Names(example), Names(shown));
        Assert.Equal(Names(example["hold"]!), Names(shown["hold"]!));
        Assert.Equal(Names(example["seats"]![0]!), Names(shown["seats"]![0]!));
        Assert.Equal(Names(example["content"]!), Names(shown["content"]!));
    }

    [Fact]
    public void Every_cause_of_holds_is_on_the_page_of_causes()
    {
        var causes = File.ReadAllText(Repo.Path("docs", "reference", "causes.md"));
        var faults = typeof(HoldFaults).GetProperties().Select(property => ((Holdpoint.Wire.Fault)property.GetValue(null)!).Cause);

        Assert.All(faults.Append(HoldFaults.InvalidHeader), cause => Assert.Contains($"`{cause}`", causes, StringComparison.Ordinal));
    }

    private static string Example(string start) =>
        JsonBlock().Matches(Page).Select(block => block.Groups[1].Value).Single(text => text.StartsWith(start, StringComparison.Ordinal));

    private static string[] Names(JsonNode node) => [.. node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
