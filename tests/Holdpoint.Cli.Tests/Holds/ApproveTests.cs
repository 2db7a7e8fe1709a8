using System.Net;
using System.Text.Json.Nodes;

namespace Holdpoint.Cli.Tests.Holds;

public sealed class ApproveTests
{
    [Fact]
    public async Task Two_reviewers_approve_and_the_call_goes_through()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var hold = await gateway.HeldAsync();

        var first = await gateway.ApproveAsync(hold, 0, "--note", "as agreed");
        var second = await gateway.ApproveAsync(hold, 1, "--json");

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("Rank these applications.", first.Output, StringComparison.Ordinal);
        Assert.Contains("High-stakes decisions about people", first.Output, StringComparison.Ordinal);
        Assert.True(second.ExitCode == 0, second.Errors);
        var answer = JsonNode.Parse(second.Output)!;
        Assert.Equal(
            ("approved", "approve", hold),
            (answer["state"]!.GetValue<string>(), answer["decision"]!.GetValue<string>(), answer["hold"]!.GetValue<string>()));
        Assert.Contains("Rank these applications.", second.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.CallAsync(hold)).Status);
    }

    [Fact]
    public async Task A_refusal_ends_it_and_says_so()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var hold = await gateway.HeldAsync();

        var refused = await gateway.ApproveAsync(hold, 2, "--refuse");
        var late = await gateway.ApproveAsync(hold, 0);

        Assert.True(refused.ExitCode == 0, refused.Errors);
        Assert.Contains("refused", refused.Output, StringComparison.Ordinal);
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("hold_refused", (await gateway.CallAsync(hold)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_to_be_is_exit_code_1_and_what_is_missing_3_and_what_is_wrong_2()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold, 0);

        Assert.Equal(1, (await gateway.ApproveAsync(hold, 0)).ExitCode);
        Assert.Equal(1, (await gateway.ApproveAsync("hold_00000000000000000000000000000000", 1)).ExitCode);
        Assert.Equal(1, (await gateway.ApproveAsync(hold, 1, "--seat", "commander")).ExitCode);
        Assert.Equal(2, (await gateway.ApproveAsync("h-1", 1)).ExitCode);
        Assert.Equal(2, (await gateway.ApproveAsync(hold, 1, "--note", "two\nlines")).ExitCode);
        Assert.Equal(3, (await gateway.RunAsync("approve", "--hold", hold, "--key", gateway.KeyOf(7))).ExitCode);
        Assert.Equal(3, (await CommandRun.StartAsync(
            "holds", "list", "--url", gateway.Process.Address.ToString(), "--api-key-env", "NOT_SET")).ExitCode);
        Assert.Equal(3, (await CommandRun.StartWithAsync(
            new() { ["REVIEWER"] = "hp_stranger" }, "holds", "list",
            "--url", gateway.Process.Address.ToString(), "--api-key-env", "REVIEWER")).ExitCode);
    }

    [Fact]
    public async Task Holds_are_listed_and_shown()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        Assert.Equal("nothing waits", (await gateway.RunAsync("holds", "list")).Errors.Trim());
        var hold = await gateway.HeldAsync();

        var listed = await gateway.RunAsync("holds", "list");
        var json = JsonNode.Parse((await gateway.RunAsync("holds", "list", "--json")).Output)!;
        var shown = await gateway.RunAsync("holds", "show", hold);

        Assert.Contains(hold, listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Rank these", listed.Output, StringComparison.Ordinal);
        Assert.Equal(hold, json["holds"]![0]!["id"]!.GetValue<string>());
        Assert.Contains("  | " + ReviewedGateway.Held, shown.Output, StringComparison.Ordinal);
        Assert.Equal(
            hold, JsonNode.Parse((await gateway.RunAsync("holds", "show", hold, "--json")).Output)!["hold"]!["id"]!.GetValue<string>());
    }
}
