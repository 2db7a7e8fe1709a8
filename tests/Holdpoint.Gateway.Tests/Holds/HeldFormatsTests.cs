using System.Text;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Gateway.Tests.Placement;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>A tool call that is held in an answer, in every format that has tools: kept, approved, and released byte for byte.</summary>
public sealed partial class HeldFormatsTests
{
    [Theory]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/responses", true)]
    [InlineData("/v1/messages", true)]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/responses", false)]
    [InlineData("/v1/messages", false)]
    public async Task A_held_tool_call_releases_the_answer_that_was_kept(string endpoint, bool stream)
    {
        var place = stream
            ? AnswerPlace.Calling(endpoint, ["{\\\"q\\\":", "\\\"dunes\\\"}"])
            : AnswerPlace.Whole.Single(
                one => one.Endpoint == endpoint && one.Answer.Contains(AnswerPlace.Tools[endpoint].Name, StringComparison.Ordinal));
        var answered = place.Answer.Replace("%%", "dunes", StringComparison.Ordinal);
        await using var upstream = ScriptedUpstream.Start(stream ? Script.Events(answered) : Script.Answer(200, answered));
        await using var gateway = await StartAsync(new Uri(upstream.Url), AnswerPlace.Tools[endpoint]);

        var held = await PostAsync(gateway, place);
        Assert.DoesNotContain("dunes", held.Text, StringComparison.Ordinal);
        var hold = HoldId().Match(held.Text).Value;
        await gateway.ApproveAsync(hold, reviewers: 1);
        var released = await PostAsync(gateway, place, ("Holdpoint-Hold", hold));

        Assert.Equal(answered, released.Text);
        Assert.Single(upstream.Requests);
    }

    private static Task<TestAnswer> PostAsync(TestGateway gateway, AnswerPlace place, params (string, string)[] headers) =>
        gateway.SendAsync(HttpMethod.Post, place.Endpoint, Encoding.UTF8.GetBytes(place.Request), TestGateway.AnalystKey, headers);

    private static Task<TestGateway> StartAsync(Uri upstream, (string Name, string Definition) tool) => TestGateway.StartAsync(
        upstream,
        tools: $"  - {{ deployment: analysts-cloud, name: {tool.Name}, digest: "
            + $"{Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(tool.Definition))).ToHex()}, effect: inform }}\n",
        clause: HeldEffect.Clause.Replace("search_library", tool.Name, StringComparison.Ordinal));

    [GeneratedRegex("hold_[0-9a-f]{32}")]
    private static partial Regex HoldId();
}
