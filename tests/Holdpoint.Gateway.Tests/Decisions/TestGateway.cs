using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdpoint.Agreements;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Settings;
using Holdpoint.Log.Notes;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>A gateway in this process on a port of its own, with the shipped red-lines agreement and the built-in echo.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string AnalystKey = "hp_analyst";
    public const string AuditorKey = "hp_auditor";
    public const string OperatorKey = "hp_operator";
    public const string ReviewerKey = "hp_reviewer";

    /// <summary>Of a caller who is a reviewer as well.</summary>
    public const string ColleagueKey = "hp_colleague";

    private readonly TempFolder _folder = new();
    private GatewayHost? _host;

    public TestIssuer Registry { get; } = new("registry", "agency", "dataset-provenance/v1", "revocation/v1");

    public TestIssuer Court { get; } = new("court", "court", "authority/v1");

    /// <summary>Three reviewers and, last, a commander; none of them is the analyst.</summary>
    public ImmutableArray<TestIssuer> Reviewers { get; } =
    [
        .. new[] { "p-0311", "p-0312", "p-0313", "p-0401" }.Select(
            person => new TestIssuer("key-of-" + person, "agency", "approval/v1", "revocation/v1") { Person = person }),
    ];

    /// <summary>The gateway's clock.</summary>
    public TimeProvider Time { get; private init; } = TimeProvider.System;

    /// <summary>What agreements are put before; open unless a test says otherwise.</summary>
    public ActivationGate Gate { get; set; } = OpenGate.RuleAsync;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Where it listens; another port after each start.</summary>
    public Uri Address { get; private set; } = null!;

    public string Folder => _folder.FullName;

    public GatewaySettings Settings { get; private set; } = null!;

    public NoteSigner LogKey { get; } = NoteSigner.Generate("example.org/test");

    /// <param name="upstream">
    /// Base address of an upstream for <c>gpt-*</c> (OpenAI) and <c>claude-*</c> (Anthropic); null for echo alone.
    /// </param>
    /// <param name="limits">YAML of the <c>limits</c> key.</param>
    /// <param name="tools">YAML lines under <c>tools:</c> of the agreement.</param>
    /// <param name="clause">A clause that the agreement has beside the shipped ones.</param>
    /// <param name="settings">Further YAML of the configuration.</param>
    /// <param name="time">The gateway's clock; null for the system's.</param>
    /// <param name="edit">Changes the text of the configuration before it is first read, in the folder where its files are.</param>
    public static async Task<TestGateway> StartAsync(
        Uri? upstream = null,
        string limits = "{}",
        string? tools = null,
        string? clause = null,
        string settings = "",
        TimeProvider? time = null,
        Func<string, TempFolder, string>? edit = null)
    {
        var gateway = new TestGateway { Time = time ?? TimeProvider.System };
        gateway.Prepare(upstream, limits, tools);
        if (clause is not null)
        {
            await File.WriteAllTextAsync(gateway._folder[Path.Combine("agreement", "clauses", "of-the-test.cedar")], clause);
        }

        await File.AppendAllTextAsync(gateway._folder["holdpoint.yaml"], settings);
        if (edit is not null)
        {
            gateway.Edit(text => edit(text, gateway._folder));
        }

        await gateway.StartAgainAsync();
        return gateway;
    }

    /// <summary>Changes the configuration file; it is read again at a start or a reload.</summary>
    public void Edit(Func<string, string> edit) =>
        File.WriteAllText(_folder["holdpoint.yaml"], edit(File.ReadAllText(_folder["holdpoint.yaml"])));

    /// <summary>What SIGHUP does.</summary>
    public Task<ReloadOutcome> ReloadAsync() => _host!.ReloadAsync(TestContext.Current.CancellationToken);

    public async Task<JsonNode> StatusAsync() => (await SendAsync(HttpMethod.Get, "/holdpoint/status", null, OperatorKey)).Json;

    /// <summary>The line of a further upstream for <c>gpt-*</c>.</summary>
    public static string UpstreamLine(string name, string url, string provider = "openai", string more = "") =>
        $"  - {{ name: {name}, kind: openai, provider: {provider}, url: \"{url}\", key_file: provider.key, models: [\"gpt-*\"]{more} }}\n";

    public async Task StartAgainAsync()
    {
        var read = SettingsReader.Read(_folder["holdpoint.yaml"]);
        Assert.Empty(read.Problems);
        Settings = read.Settings!;
        var loaded = AgreementFolder.Load(Settings.AgreementPath);
        Assert.Empty(loaded.Problems);
        _host = await GatewayHost.StartAsync(Settings, loaded.Agreement!, Gate, Time, TestContext.Current.CancellationToken);
        Address = new Uri(_host.Address);
    }

    public async Task StopAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }

    public Task<TestAnswer> ChatAsync(string content, params (string Name, string Value)[] headers) =>
        PostChatAsync(JsonSerializer.Serialize(new { model = "echo", messages = new[] { new { role = "user", content } } }), headers);

    public Task<TestAnswer> PostChatAsync(string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(body), AnalystKey, headers);

    /// <summary>Posts <paramref name="body"/> with its word "hello" replaced.</summary>
    public Task<TestAnswer> ChatBodyAsync(string body, string content) =>
        PostChatAsync(body.Replace("\"hello\"", $"\"{content}\"", StringComparison.Ordinal));

    public async Task<EvidenceId> PostEvidenceAsync(byte[] envelope)
    {
        var answer = await SendAsync(HttpMethod.Post, "/holdpoint/evidence", envelope, AnalystKey);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        Assert.True(EvidenceId.TryParse(answer.Json["id"]!.GetValue<string>(), out var id));
        return id;
    }

    public async Task<JsonNode> RecordAsync(long index)
    {
        var answer = await SendAsync(HttpMethod.Get, $"/log/record/{index}", null, AuditorKey);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }

    public async Task<TestAnswer> SendAsync(
        HttpMethod method, string path, byte[]? body, string? key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + key);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new(
            response.StatusCode,
            bytes,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        Registry.Dispose();
        Court.Dispose();
        foreach (var reviewer in Reviewers)
        {
            reviewer.Dispose();
        }

        LogKey.Dispose();
        _folder.Dispose();
    }

    private void Prepare(Uri? upstream, string limits, string? tools)
    {
        Directory.CreateDirectory(_folder["agreement"]);
        foreach (var file in Directory.EnumerateFiles(Repo.Path("agreements", "red-lines"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder["agreement"], Path.GetRelativePath(Repo.Path("agreements", "red-lines"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var facts = Path.Combine(_folder["agreement"], "agreement.yaml");
        var text = File.ReadAllText(facts).Replace("issuers: []", 
            $"issuers:\n  {Registry.Line}\n  {Court.Line}\n  {string.Join("\n  ", Reviewers.Select(reviewer => reviewer.Line))}",
            StringComparison.Ordinal);
        File.WriteAllText(facts, tools is null ? text : text.Replace("\ntools:\n", "\ntools:\n" + tools, StringComparison.Ordinal));
        _folder.WriteKey("log.key", LogKey.ExportPrivateKey());
        _folder.WriteKey("provider.key", "sk-provider-secret");
        var openAi = upstream is null
            ? ""
            : $"  - {{ name: fake, kind: openai, url: \"{upstream.ToString().TrimEnd('/')}\", key_file: "
                + $"provider.key, models: [\"gpt-*\"] }}\n"
                + $"  - {{ name: claude, kind: anthropic, url: \"{upstream.ToString().TrimEnd('/')}\", key_file: "
                + $"provider.key, models: [\"claude-*\"] }}\n";
        File.WriteAllText(_folder["holdpoint.yaml"], $"""
            listen: 127.0.0.1:0
            store: sqlite:holdpoint.db
            agreement: agreement
            log: {"{ origin: example.org/test, key_file: log.key }"}
            upstreams:
              - {"{ name: echo, kind: echo, models: [echo] }"}
            {openAi}clients:
              {ClientLine(AnalystKey, "analyst-7", "call")}
              {ClientLine(AuditorKey, "auditor-1", "audit")}
              {ClientLine(OperatorKey, "operator-1", "operate")}
              {ClientLine(ReviewerKey, "desk-1", "review")}
              {ClientLine(ColleagueKey, "analyst-9", "call, review", "p-0313")}
            limits: {limits}

            """);
    }

    private static string ClientLine(string key, string principal, string rights, string person = "p-0193") =>
        $"- {{ key_sha256: \"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}\", deployment: analysts-cloud, "
        + $"principal: {principal}, person: {person}, rights: [{rights}] }}";
}
