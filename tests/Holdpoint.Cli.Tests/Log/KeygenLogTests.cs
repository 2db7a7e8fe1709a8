using Holdpoint.Log.Notes;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Log;

public sealed class KeygenLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_printed_key_verifies_what_the_file_signs()
    {
        var run = await CommandRun.StartAsync("keygen", "log", "--origin", "example.org/holdpoint", "--out", _folder["log.key"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(NoteSigner.TryParse(File.ReadAllText(_folder["log.key"]), out var signer, out _));
        Assert.Equal(signer.VerifierKey + "\n", run.Output);
        signer.Dispose();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["log.key"]));
        }
    }

    [Fact]
    public async Task An_existing_file_is_never_overwritten()
    {
        File.WriteAllText(_folder["log.key"], "precious");

        var run = await CommandRun.StartAsync("keygen", "log", "--origin", "example.org/holdpoint", "--out", _folder["log.key"]);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("not overwritten", run.Errors, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder["log.key"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a+b")]
    public async Task A_name_that_no_key_can_have_is_a_usage_error(string origin)
    {
        var run = await CommandRun.StartAsync("keygen", "log", "--origin", origin, "--out", _folder["log.key"]);

        Assert.Equal(2, run.ExitCode);
        Assert.False(File.Exists(_folder["log.key"]));
    }
}
