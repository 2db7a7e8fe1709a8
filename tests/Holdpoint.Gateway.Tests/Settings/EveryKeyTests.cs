using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Settings;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Settings;

/// <summary>
/// Generated from the reader's own table: each key does something, at a reload or at a restart, and its default is on the page.
/// </summary>
public sealed partial class EveryKeyTests : IDisposable
{
    private const string Digest = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    // What a reload takes from the settings. A property that is in neither list below is one that nobody thought of. That the running
    // gateway acts on a property that is here, ReloadTests shows for each kind of it, not for every one.
    private static readonly string[] Reloaded =
    [
        "AgreementPath", "IsTerse", "Webhook", "Upstreams", "Clients", "Tls", "ExtraFields", "ExtraBetas",
        "Limits.BodyBytes", "Limits.AnswerBytes", "Limits.ContentBytes", "Limits.ContentShare", "Limits.ContentBytesPerClient",
        "Limits.RequestsPerSecond", "Limits.FaultsPerSecond", "Limits.Calls", "Limits.CallsPerClient",
        "Limits.EvidencePerCall", "Limits.Body", "Limits.Total", "Limits.Retry", "Limits.Circuit", "Limits.Timeouts",
    ];

    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "configuration.md"));

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Keys => [.. SettingsTable.Keys.Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_taken_by_a_reload_or_listed_as_for_restarts_only(string path)
    {
        var key = SettingsTable.Keys.Single(key => key.Path == path);
        var (before, after) = (Read(With(key, Other(key, 0))), Read(With(key, Other(key, 1))));

        var restart = RestartOnly.Changed(before, after);
        var changed = Differences("", before, after).ToList();

        Assert.NotEmpty(changed);
        if (restart.IsEmpty)
        {
            Assert.All(changed, property => Assert.Contains(property, Reloaded));
        }
        else
        {
            Assert.All(restart, name => Assert.True(path == name || path.StartsWith(name + ".", StringComparison.Ordinal), name));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_page_has_each_key_with_the_default_that_it_has(string path)
    {
        var key = SettingsTable.Keys.Single(key => key.Path == path);
        var row = Row().Matches(Page).Single(row => row.Groups["keys"].Value.Contains($"`{path}`", StringComparison.Ordinal));
        var stated = row.Groups["default"].Value;

        switch (DefaultOf(key))
        {
            case string text:
                Assert.StartsWith($"`{text}`", stated, StringComparison.Ordinal);
                break;
            case bool flag:
                Assert.StartsWith(flag ? "`true`" : "`false`", stated, StringComparison.Ordinal);
                break;
            case { } number:
                var expected = Convert.ToDouble(number, CultureInfo.InvariantCulture);
                Assert.Equal(expected, double.Parse(Number().Match(stated).Value, NumberStyles.Number, CultureInfo.InvariantCulture));
                Assert.Equal(Describe(Read(With(key, JsonValue.Create(expected)))), Describe(Read(Without(key))));
                break;
            default:
                Assert.DoesNotMatch(Number(), stated);
                break;
        }
    }

    public void Dispose() => _folder.Dispose();

    private static object? DefaultOf(SettingsKey key) => key switch
    {
        SettingsKey.Text text => text.Default,
        SettingsKey.Whole whole => whole.Default,
        SettingsKey.Bytes bytes => bytes.Default,
        SettingsKey.Number number => number.Default,
        SettingsKey.Seconds seconds => seconds.Default.TotalSeconds,
        SettingsKey.Flag flag => flag.Default,
        _ => null,
    };

    /// <summary>Two values of the key that mean different things.</summary>
    private static JsonNode Other(SettingsKey key, int which) => key switch
    {
        { Path: "listen" } => which == 0 ? "127.0.0.1:1" : "127.0.0.1:2",
        { Path: "store" } => which == 0 ? "sqlite:a" : "sqlite:b",
        { Path: "trusted_proxies" } => new JsonArray(which == 0 ? "10.0.0.1" : "10.0.0.2"),
        { Path: "refusals" } => which == 0 ? "full" : "terse",
        { Path: "logs.format" } => which == 0 ? "text" : "json",
        { Path: "telemetry.otlp" or "holds.webhook.url" or "upstreams[].url" } => which == 0 ? "https://a" : "https://b",
        { Path: "upstreams[].kind" } => which == 0 ? "openai" : "anthropic",
        { Path: "clients[].key_sha256" } => which == 0 ? Digest : Digest[2..] + "00",
        { Path: "clients[].rights" } => new JsonArray(which == 0 ? "call" : "audit"),
        SettingsKey.Text => which == 0 ? "a" : "b",
        SettingsKey.Texts => new JsonArray(which == 0 ? "a" : "b"),
        SettingsKey.Whole whole => which == 0 ? whole.Least : whole.Most,
        SettingsKey.Bytes bytes => which == 0 ? bytes.Default / 4 : bytes.Most, // the least does not fit beside the default body_bytes
        SettingsKey.Number number => which == 0 ? number.Least : number.Most,
        SettingsKey.Seconds seconds => which == 0 ? seconds.Least : seconds.Most,
        SettingsKey.Flag => which == 0,
        _ => throw new InvalidOperationException($"say what {key.Path} can be"),
    };

    private static JsonObject Whole() => JsonNode.Parse($$"""
        {
          "store": "sqlite:s", "agreement": "a", "log": { "origin": "o", "key_file": "k", "guard_file": "g" },
          "upstreams": [{ "name": "u", "kind": "openai", "url": "https://u", "key_env": "U", "models": ["m"] }],
          "clients": [{ "key_sha256": "{{Digest}}", "deployment": "d", "principal": "p", "rights": ["call"] }],
          "holds": { "key_file": "h", "webhook": { "url": "https://w", "secret_env": "W" } },
          "tls": { "certificate_file": "c", "key_file": "k" }, "telemetry": { "otlp": "https://t" }, "limits": {}, "logs": {}
        }
        """)!.AsObject();

    private static JsonObject SectionOf(JsonObject root, SettingsKey key)
    {
        JsonNode section = root;
        foreach (var name in key.Section.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            section = name.EndsWith("[]", StringComparison.Ordinal) ? section[name[..^2]]![0]! : section[name]!;
        }

        return section.AsObject();
    }

    private static JsonObject With(SettingsKey key, JsonNode value)
    {
        var root = Whole();
        var section = SectionOf(root, key);
        section[key.Name] = value;

        // Of two places for a secret, one is named.
        section.Remove(key.Name switch
        {
            "key_env" => "key_file",
            "secret_env" => "secret_file",
            "key_file" => "key_env",
            "secret_file" => "secret_env",
            _ => "",
        });

        return root;
    }

    private static JsonObject Without(SettingsKey key)
    {
        var root = Whole();
        SectionOf(root, key).Remove(key.Name);
        return root;
    }

    /// <summary>Names of the properties in which two settings differ; those of limits one by one.</summary>
    private static IEnumerable<string> Differences(string prefix, object before, object after) =>
        from property in before.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where property.Name is not ("Digest" or "EqualityContract" or "ModelNames" or "IsEchoAlone")
        let values = (Before: property.GetValue(before), After: property.GetValue(after))
        where Describe(values.Before) != Describe(values.After)
        from name in property.Name == nameof(Limits) ? Differences("Limits.", values.Before!, values.After!) : [prefix + property.Name]
        select name;

    private static string Describe(object? value) => value switch
    {
        null => "null",
        string or ValueType and not IEnumerable => value.ToString()!,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Describe))}]",
        UpstreamAddress => value.ToString()!,
        _ when value.GetType().Namespace?.StartsWith("Holdpoint", StringComparison.Ordinal) != true => value.ToString()!,
        _ => string.Join(", ", value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.Name is not ("Digest" or "EqualityContract"))
            .Select(property => $"{property.Name}: {Describe(property.GetValue(value))}")),
    };

    private GatewaySettings Read(JsonObject configuration)
    {
        File.WriteAllText(_folder["holdpoint.yaml"], configuration.ToJsonString());
        var read = SettingsReader.Read(_folder["holdpoint.yaml"]);
        Assert.Empty(read.Problems);
        return read.Settings!;
    }

    [GeneratedRegex(@"^\| (?<keys>`[^|]*`) \|.*\| (?<default>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[\d,.]+(?<![,.])")]
    private static partial Regex Number();
}
