namespace Holdpoint.Cli.Tests.Serve;

public sealed class DemoTests
{
    [Fact]
    public async Task The_story_comes_out_as_told()
    {
        var run = await CommandRun.StartAsync("demo", "--once");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Act 5", run.Output, StringComparison.Ordinal);
        Assert.Contains("Act 7", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("$ holdpoint approve").Length - 1);
        Assert.Contains("verified: example.org/demo", run.Output, StringComparison.Ordinal);
    }
}
