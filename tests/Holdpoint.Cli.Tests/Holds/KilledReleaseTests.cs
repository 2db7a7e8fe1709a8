using System.Net;
using System.Text.Json.Nodes;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Cli.Tests.Holds;

public sealed class KilledReleaseTests
{
    [Fact]
    public async Task A_gateway_that_dies_amid_a_release_gives_the_approval_back_when_it_starts()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Silence, Script.Completion("ranked"));
        await using var gateway = await ReviewedGateway.StartAsync(upstream.Url);
        gateway.Model = "gpt-x";
        var hold = await gateway.HeldAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, (await gateway.ApproveAsync(hold, i)).ExitCode);
        }

        var dying = gateway.CallAsync(hold);
        await Eventually.MeetAsync(() => upstream.Requests.Count > 0, "the upstream");

        Assert.Equal("releasing", await StateAsync(gateway, hold));
        await gateway.Process.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => dying);
        await gateway.Process.StartAgainAsync();

        Assert.Equal("approved", await StateAsync(gateway, hold));
        Assert.Equal(HttpStatusCode.OK, (await gateway.CallAsync(hold)).Status);
        Assert.Contains("hold_used", (await gateway.CallAsync(hold)).Text, StringComparison.Ordinal);
    }

    private static async Task<string> StateAsync(ReviewedGateway gateway, string hold) =>
        JsonNode.Parse((await gateway.RunAsync("holds", "show", hold, "--json")).Output)!["hold"]!["state"]!.GetValue<string>();
}
