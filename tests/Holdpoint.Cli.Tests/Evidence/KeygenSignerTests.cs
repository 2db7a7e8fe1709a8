using System.Text.Json;
using Holdpoint.Evidence.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Evidence;

public sealed class KeygenSignerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_prints_the_line_that_makes_an_agreement_trust_the_key()
    {
        var run = await RunAsync("--predicate", "dataset-provenance/v1", "revocation/v1");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(SignerKeyPem.TryRead(File.ReadAllText(_folder["signer.key"]), out var key));
        Assert.Equal(
            $"- {{ name: registry, party: agency, key: \"{key.PublicKey}\", predicates: [dataset-provenance/v1, "
            + $"revocation/v1], until: 2030-12-31 }}\n",
            run.Output);
        key.Dispose();
    }

    [Fact]
    public async Task A_person_and_deployments_stand_in_the_line_too()
    {
        var run = await RunAsync("--predicate", "authority", "--person", "0193", "--deployment", "lab", "--deployment", "cloud");

        Assert.EndsWith(
            "predicates: [authority/v1], until: 2030-12-31, deployments: [lab, cloud], person: \"0193\" }\n",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_private_key_is_its_owners_alone_and_printed_nowhere()
    {
        var run = await RunAsync("--predicate", "authority/v1", "--json");

        var pem = File.ReadAllText(_folder["signer.key"]);
        Assert.DoesNotContain(pem.Split('\n')[1], run.Output + run.Errors, StringComparison.Ordinal);
        Assert.StartsWith(
            "- { name: registry", JsonDocument.Parse(run.Output).RootElement.GetProperty("config").GetString(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["signer.key"]));
        }
    }

    [Fact]
    public async Task An_existing_file_is_never_overwritten()
    {
        File.WriteAllText(_folder["signer.key"], "precious");

        var run = await RunAsync("--predicate", "authority/v1");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Equal("precious", File.ReadAllText(_folder["signer.key"]));
    }

    [Theory]
    [InlineData("--predicate", "trust-me/v1")]
    [InlineData("--predicate", "authority/v1", "--person", "two words")]
    [InlineData("--predicate", "authority/v1", "--person", "")]
    [InlineData("--predicate", "authority/v1", "--deployment", "{ }")]
    public async Task What_no_agreement_would_read_is_a_usage_error(params string[] options)
    {
        var run = await RunAsync(options);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.False(File.Exists(_folder["signer.key"]));
    }

    private Task<CommandRun> RunAsync(params string[] options) => CommandRun.StartAsync(
        [
            "keygen", "signer", "--name", "registry", "--party", "agency",
            "--until", "2030-12-31", "--out", _folder["signer.key"], .. options]);
}
