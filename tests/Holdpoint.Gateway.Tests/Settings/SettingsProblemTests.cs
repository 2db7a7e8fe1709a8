using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Settings;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Settings;

/// <summary>What cannot be read as a configuration is told by place, code, key and fix, and never in the words of the runtime.</summary>
public sealed partial class SettingsProblemTests : IDisposable
{
    private const string Sound =
        "store: sqlite:s\nagreement: a\nlog: { origin: o, key_file: k }\nupstreams:\n  - { name: e, kind: echo, models: [e] }\n";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("limits: { calls: many }", "holdpoint.yaml:6:18 HP0506 limits.calls:")]
    [InlineData("limits: { calls: [1] }", "holdpoint.yaml:6:18 HP0506 limits.calls:")]
    [InlineData("limits: { calls: 99999999999999999999 }", "holdpoint.yaml:6:18 HP0506 limits.calls:")]
    [InlineData("limits: { total_seconds: soon }", "holdpoint.yaml:6:26 HP0506 limits.total_seconds:")]
    [InlineData("logs: { requests: perhaps }", "holdpoint.yaml:6:19 HP0506 logs.requests:")]
    [InlineData("limits: many", "holdpoint.yaml:6:9 HP0506 limits:")]
    [InlineData("clients: { a: b }", "holdpoint.yaml:6:10 HP0506 clients:")]
    [InlineData("clients: [a]", "holdpoint.yaml:6:11 HP0506 clients:")]
    [InlineData("extra_fields: [{ a: b }]", "holdpoint.yaml:6:16 HP0506 extra_fields:")]
    [InlineData("extra_fields: [~]", "holdpoint.yaml:6:16 HP0505 extra_fields[0]:")]
    [InlineData("limts: {}", "holdpoint.yaml:6:1 HP0503 unknown key 'limts'; did you mean 'limits'?")]
    [InlineData("limits: { call: 1 }", "holdpoint.yaml:6:11 HP0503 unknown key 'limits.call'; did you mean 'calls'?")]
    [InlineData("logs: { format: jsn }", "holdpoint.yaml:6:17 HP0506 logs.format: must be one of text, json; did you mean 'json'?")]
    [InlineData("store: sqlite:t", "holdpoint.yaml:6:1 HP0504")]
    [InlineData("limits:\n\tcalls: 1", "holdpoint.yaml:6:7 HP0502")]
    [InlineData("limits: !mine {}", "holdpoint.yaml:6:9 HP0502")]
    [InlineData("tls: { certificate_file: c, key_file: \"k\\0\" }", "holdpoint.yaml:6:39 HP0502 a value holds")]
    [InlineData("holds: { key_file: \"\\0\" }", "holdpoint.yaml:6:20 HP0502 a value holds")]
    [InlineData("limits: *nowhere", "holdpoint.yaml:6:9 HP0502")]
    [InlineData("holds: { webhook: { url: \"https://h\" } }", "holdpoint.yaml:6:19 HP0508 holds.webhook.secret_file:")]
    public void Each_problem_has_its_place_code_and_key(string yaml, string expected)
    {
        var problem = Assert.Single(Read(Sound + yaml + "\n"));

        Assert.StartsWith(expected, problem.ToString(), StringComparison.Ordinal);
        AssertPlain(problem);
    }

    [Fact]
    public void An_alias_bomb_is_refused_and_a_shared_value_is_not()
    {
        var bomb = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains(Read(Sound + bomb), problem => problem.Code == "HP0502" && problem.Message.Length > 0);
        Assert.All(Read(Sound + bomb), AssertPlain);

        Assert.Empty(Read(Sound.Replace("[e]", "&names [e]", StringComparison.Ordinal) + "extra_fields: *names\n"));
    }

    [Theory]
    [InlineData("", "HP0502")]
    [InlineData("# nothing\n", "HP0502")]
    [InlineData("- a\n", "HP0506")]
    [InlineData("a: [\n", "HP0502")]
    [InlineData("a: \"\\UFFFFFFFF\"\n", "HP0502")]
    [InlineData("a: !<%%> b\n", "HP0502")]
    public void A_file_that_says_nothing_is_one_problem(string text, string code)
    {
        var problem = Assert.Single(Read(text));

        Assert.Equal(code, problem.Code);
        AssertPlain(problem);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem_of_the_configuration()
    {
        File.WriteAllBytes(_folder["latin.yaml"], [0xE4, 0x0A]);
        File.WriteAllBytes(_folder["large.yaml"], new byte[(4 * 1024 * 1024) + 1]);

        foreach (var name in new[] { "nowhere.yaml", "latin.yaml", "large.yaml", "." })
        {
            var problem = Assert.Single(SettingsReader.Read(_folder[name]).Problems);
            Assert.Equal("HP0501", problem.Code);
            AssertPlain(problem);
        }
    }

    [Fact]
    public void Every_code_is_on_the_page()
    {
        var page = File.ReadAllText(Repo.Path("docs", "reference", "configuration.md"));
        var codes = typeof(SettingsCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(codes, code => Assert.Contains($"| `{code}` |", page, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertPlain(SettingsProblem problem)
    {
        Assert.DoesNotMatch(RuntimeWord(), problem.ToString());
        Assert.True(problem.Fix.Length > 0);
    }

    private ImmutableArray<SettingsProblem> Read(string yaml)
    {
        File.WriteAllText(_folder["holdpoint.yaml"], yaml);
        return SettingsReader.Read(_folder["holdpoint.yaml"]).Problems;
    }

    [GeneratedRegex(@"System\.|Exception|YamlDotNet|Int32|Boolean|Options")]
    private static partial Regex RuntimeWord();
}
