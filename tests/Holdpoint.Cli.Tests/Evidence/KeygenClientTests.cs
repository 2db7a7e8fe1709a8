using System.Text;
using System.Text.Json;
using Holdpoint.Log;

namespace Holdpoint.Cli.Tests.Evidence;

public class KeygenClientTests
{
    [Fact]
    public async Task It_prints_the_key_and_a_line_with_only_its_digest()
    {
        var run = await CommandRun.StartAsync("keygen", "client", "--deployment", "analysts-cloud", "--principal", "analyst-7");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.Split('\n');
        Assert.Matches("^hp_[A-Za-z0-9_-]{43}$", lines[0]);
        Assert.Equal(
            $"- {{ key_sha256: \"{Hash.Of(Encoding.UTF8.GetBytes(lines[0]))}\", deployment: analysts-cloud, "
            + $"principal: analyst-7, rights: [call] }}",
            lines[1]);
        Assert.DoesNotContain(lines[0], lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_same()
    {
        var run = await CommandRun.StartAsync(
            "keygen", "client", "--deployment", "d", "--principal", "auditor", "--person", "p-1", "--rights", "call,audit", "--json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        var digest = Hash.Of(Encoding.UTF8.GetBytes(answer.GetProperty("key").GetString()!)).ToHex();
        Assert.Equal(digest, answer.GetProperty("key_sha256").GetString());
        Assert.Equal(
            $"- {{ key_sha256: \"{digest}\", deployment: d, principal: auditor, person: p-1, rights: [call, audit] }}",
            answer.GetProperty("config").GetString());
    }

    [Theory]
    [InlineData("--rights", "everything")]
    [InlineData("--rights", "")]
    [InlineData("--person", "two words")]
    public async Task A_right_or_a_name_that_is_none_is_a_usage_error(params string[] options)
    {
        var run = await CommandRun.StartAsync(["keygen", "client", "--deployment", "d", "--principal", "p", .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }
}
