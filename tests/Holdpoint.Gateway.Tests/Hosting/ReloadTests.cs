using System.Net;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>Configuration, agreement and keys change while calls go on, all together or not at all.</summary>
public sealed class ReloadTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";

    [Fact]
    public async Task A_good_one_is_active_at_once_and_recorded_with_its_digests()
    {
        await using var gateway = await TestGateway.StartAsync();
        var before = await gateway.StatusAsync();
        await File.AppendAllTextAsync(
            Path.Combine(gateway.Folder, "agreement", "agreement.yaml"), "\n# changed\n", TestContext.Current.CancellationToken);
        gateway.Edit(text => text.Replace("clients:\n", "clients:\n" + ClientLine("hp_new"), StringComparison.Ordinal));

        var outcome = await gateway.ReloadAsync();

        Assert.True(outcome.IsApplied, string.Join('\n', outcome.Problems));
        var after = await gateway.StatusAsync();
        var record = await gateway.RecordAsync(after["records"]!.GetValue<long>() - 1);
        Assert.Equal("reload", record["kind"]!.ToString());
        Assert.Equal(after["bundle"]!.ToString(), record["bundle"]!.ToString());
        Assert.Equal(after["configuration"]!.ToString(), record["digests"]!["configuration"]!.ToString());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(
                await File.ReadAllBytesAsync(Path.Combine(gateway.Folder, "holdpoint.yaml"), TestContext.Current.CancellationToken))),
            after["configuration"]!.ToString());
        Assert.NotEqual(before["bundle"]!.ToString(), after["bundle"]!.ToString());
        Assert.Equal("taken", after["reload"]!["outcome"]!.ToString());

        var call = await gateway.SendAsync(
            HttpMethod.Post, "/v1/chat/completions",
            Encoding.UTF8.GetBytes(Ask.Replace("gpt-4o", "echo", StringComparison.Ordinal)), "hp_new");
        Assert.Equal((HttpStatusCode.OK, after["bundle"]!.ToString()), (call.Status, call.Headers["Holdpoint-Bundle"]));
    }

    [Fact]
    public async Task What_is_wrong_at_once_is_told_all_together_and_before_anything_is_proved()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        await gateway.StopAsync();
        var asked = 0;
        gateway.Gate = (agreement, folder, cancellation) =>
        {
            asked++;
            return OpenGate.RuleAsync(agreement, folder, cancellation);
        };
        await gateway.StartAgainAsync();
        await File.AppendAllTextAsync(
            Path.Combine(gateway.Folder, "agreement", "agreement.yaml"), "\n# changed\n", TestContext.Current.CancellationToken);
        gateway.Edit(text => text
            .Replace("analysts-cloud", "nobody-knows", StringComparison.Ordinal)
            .Replace("provider.key", "no-such.key", StringComparison.Ordinal));

        var outcome = await gateway.ReloadAsync();

        Assert.Equal(1, asked);
        Assert.Contains(outcome.Problems, problem => problem.Contains("nobody-knows", StringComparison.Ordinal));
        Assert.Contains(outcome.Problems, problem => problem.Contains("the key of upstream", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string> BadChanges() => new()
    {
        { "holdpoint.yaml", "limits: {}", "limits: { body_bytes: 1 }" },
        { "holdpoint.yaml", "limits: {}", "limits: {}\nfail_open: true" },
        { "holdpoint.yaml", "limits: {}", "limits: [" },
        { "holdpoint.yaml", "analysts-cloud", "nobody-knows" },
        { "holdpoint.yaml", "provider.key", "no-such.key" },
        { "holdpoint.yaml", "agreement: agreement", "agreement: elsewhere" },
        { "holdpoint.yaml", "listen: 127.0.0.1:0", "listen: 127.0.0.2:0" },
        { "holdpoint.yaml", "sqlite:holdpoint.db", "sqlite:other.db" },
        { "holdpoint.yaml", "limits: {}", "limits: { connections: 5 }" },
        { "agreement/agreement.yaml", "name: red-lines", "nome: red-lines" },
        { "agreement/clauses/suspension.cedar", "forbid", "forbit" },
    };

    [Theory, MemberData(nameof(BadChanges))]
    public async Task A_bad_one_changes_nothing_and_says_why(string file, string from, string to)
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var before = await gateway.StatusAsync();
        var path = Path.Combine(gateway.Folder, file);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var outcome = await gateway.ReloadAsync();

        Assert.False(outcome.IsApplied);
        var after = await gateway.StatusAsync();
        Assert.Equal(
            [before["bundle"]!.ToString(), before["configuration"]!.ToString(), before["records"]!.ToString()],
            new[] { after["bundle"]!.ToString(), after["configuration"]!.ToString(), after["records"]!.ToString() });
        Assert.Equal("refused", after["reload"]!["outcome"]!.ToString());
        Assert.Equal(outcome.Problems, after["reload"]!["problems"]!.AsArray().Select(problem => problem!.ToString()));
        Assert.DoesNotContain(gateway.Folder, after.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);

        // Mended, the same reload is taken.
        await File.WriteAllTextAsync(path, text + "\n", TestContext.Current.CancellationToken);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
    }

    [Fact]
    public async Task A_call_under_way_ends_under_what_it_began_with()
    {
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"good morning. "}"""));
            await goOn.Task.WaitAsync(connection.Stop);
            await connection.SendAsync(Script.ChunkEvent("""{"content":"good night."}""", "\"stop\"") + "data: [DONE]\n\n");
            connection.EndSending();
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(AskStream, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        using var stream = await gateway.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        // The client's key, its upstream and the agreement's bundle are gone for whoever comes now.
        gateway.Edit(text => string.Join('\n', text.Split('\n').Where(line =>
            !line.Contains("analyst-7", StringComparison.Ordinal) && !line.Contains("name: fake", StringComparison.Ordinal))));
        await File.AppendAllTextAsync(
            Path.Combine(gateway.Folder, "agreement", "agreement.yaml"), "\n# changed\n", TestContext.Current.CancellationToken);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.PostChatAsync(Ask)).Status);
        goOn.SetResult();

        var text = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("good night.", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.NotEqual((await gateway.StatusAsync())["bundle"]!.ToString(), stream.Headers.GetValues("Holdpoint-Bundle").Single());
    }

    [Fact]
    public async Task An_unchanged_upstream_keeps_its_connection_and_gets_the_new_key()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        await gateway.PostChatAsync(Ask);

        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "provider.key"), "sk-rotated", TestContext.Current.CancellationToken);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        await gateway.PostChatAsync(Ask);

        Assert.Equal(
            ["Bearer sk-provider-secret", "Bearer sk-rotated"], upstream.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal(1, upstream.Connections);
    }

    [Fact]
    public async Task Evidence_stays_and_a_changed_limit_holds_for_the_next_call()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(20);
        var id = await gateway.PostEvidenceAsync(gateway.Registry.Attest(rows));

        gateway.Edit(text => text.Replace("limits: {}", "limits: { body_bytes: 1048576 }", StringComparison.Ordinal));
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        var known = await gateway.ChatAsync(rows, ("Holdpoint-Evidence", id.ToString()));
        gateway.Edit(text => text.Replace("1048576", "1024", StringComparison.Ordinal));
        Assert.Empty((await gateway.ReloadAsync()).Problems);

        Assert.NotEqual("evidence_unknown", known.Status == HttpStatusCode.OK ? null : known.Cause);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await gateway.ChatAsync(rows)).Status);
    }

    [Fact]
    public async Task When_it_cannot_be_recorded_it_is_not_made()
    {
        await using var gateway = await TestGateway.StartAsync();
        var before = (await gateway.StatusAsync())["configuration"]!.ToString();
        gateway.Edit(text => text + "# changed\n");
        using (var writer = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(gateway.Folder, "holdpoint.db")};Pooling=False"))
        {
            writer.Open();
            using var locking = writer.CreateCommand();
            locking.CommandText = "BEGIN IMMEDIATE";
            locking.ExecuteNonQuery();

            Assert.Single((await gateway.ReloadAsync()).Problems);
        }

        Assert.Equal(before, (await gateway.StatusAsync())["configuration"]!.ToString());
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        Assert.NotEqual(before, (await gateway.StatusAsync())["configuration"]!.ToString());
    }

    private static string ClientLine(string key) =>
        $"  - {{ key_sha256: \"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}\", deployment: analysts-cloud, "
        + $"principal: analyst-8, rights: [call] }}\n";
}
