using System.Text.RegularExpressions;
using Holdpoint.Gateway.Settings;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Settings;

/// <summary>The page about the configuration is true: its example is read, and it names every key and no other.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "configuration.md"));

    [Fact]
    public void Its_example_is_read_without_a_problem()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["holdpoint.yaml"], Example().Match(Page).Groups["yaml"].Value);

        var read = SettingsReader.Read(folder["holdpoint.yaml"]);

        Assert.Empty(read.Problems);
        Assert.Equal((true, true, 1d), (read.Settings!.Logs.IsJson, read.Settings.Logs.Requests, read.Settings.Telemetry!.SampleRatio));
    }

    [Fact]
    public void It_names_every_key_and_no_other()
    {
        var documented =
            Row().Matches(Page).SelectMany(row => Key().Matches(row.Groups["keys"].Value).Select(key => key.Groups["key"].Value));

        Assert.Equal(SettingsTable.Keys.Select(key => key.Path).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("extra_betas: [\"a, b\"]", "extra_betas[0]")]
    [InlineData("listen: 0.0.0.0:80", "listen")]
    [InlineData("listen: 0.0.0.0:80\ntrusted_proxies: [\"0.0.0.0/0\"]", "trusted_proxies[0]")]
    [InlineData("trusted_proxies: [\"::/0\"]", "trusted_proxies[0]")]
    [InlineData("trusted_proxies: [\"10.0.0.1/8\"]", "trusted_proxies[0]")]
    [InlineData("trusted_proxies: [localhost]", "trusted_proxies[0]")]
    [InlineData("tls: { certificate_file: a }", "tls.key_file")]
    [InlineData("logs: { format: xml }", "logs.format")]
    [InlineData("telemetry: {}", "telemetry.otlp")]
    [InlineData("telemetry: { otlp: \"http://user:secret@host\" }", "telemetry.otlp")]
    [InlineData("telemetry: { otlp: \"http://h\", sample_ratio: .nan }", "telemetry.sample_ratio")]
    [InlineData("limits: { calls: 0 }", "limits.calls")]
    [InlineData("limits: { content_bytes: 1048576 }", "limits.content_bytes")]
    [InlineData("limits: { content_bytes: 1099511627777 }", "limits.content_bytes")]
    [InlineData("limits: { retries: 11 }", "limits.retries")]
    [InlineData("limits: { circuit_ratio: 0 }", "limits.circuit_ratio")]
    [InlineData("limits: { total_seconds: .inf }", "limits.total_seconds")]
    public void What_cannot_be_meant_is_refused_under_its_key(string yaml, string key)
    {
        using var folder = new TempFolder();
        File.WriteAllText(
            folder["holdpoint.yaml"],
            "store: sqlite:s\nagreement: a\nlog: { origin: o, key_file: k }\nupstreams:\n  - { name: e, kind: echo, models: [e] }\n"
                + yaml + "\n");

        var problem = Assert.Single(SettingsReader.Read(folder["holdpoint.yaml"]).Problems);

        Assert.StartsWith(key + ":", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| (?<keys>`[^|]*`) \|.*\| (?<default>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[^`]+)`")]
    private static partial Regex Key();
}
