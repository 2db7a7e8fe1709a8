using System.Net;
using System.Text;
using Holdpoint.Testing.Upstreams;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>What the log knows of calls, and that nothing is answered when it cannot know.</summary>
public sealed class RecordedCallTests
{
    [Fact]
    public async Task While_no_record_can_be_written_nothing_is_answered_and_afterwards_all_is_well_without_a_restart()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        await using (var blocker = new SqliteConnection($"Data Source={Path.Combine(gateway.Folder, "holdpoint.db")};Pooling=False"))
        {
            await blocker.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = blocker.BeginTransaction(deferred: false);

            var permitted = await gateway.PostChatAsync("""{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""");
            var refused = await gateway.ChatAsync(People.Rows(12));
            var broken = await gateway.PostChatAsync("{");
            var evidence = await gateway.SendAsync(
                HttpMethod.Post, "/holdpoint/evidence", gateway.Registry.Attest(People.Rows(1)), TestGateway.AnalystKey);

            Assert.All([permitted, refused, broken, evidence], answer =>
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "record_unavailable"), (answer.Status, answer.Cause));
                Assert.Contains("Retry-After", answer.Headers.Keys);
                Assert.DoesNotContain("Holdpoint-Record", answer.Headers.Keys);
            });
            await hold.RollbackAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public async Task Strangers_are_counted_in_one_record()
    {
        await using var gateway = await TestGateway.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", "{}"u8.ToArray(), key: null);
        }

        await gateway.StopAsync();
        await gateway.StartAgainAsync();

        Assert.Equal("start", (await gateway.RecordAsync(0))["kind"]!.ToString());
        Assert.Equal("activation", (await gateway.RecordAsync(1))["kind"]!.ToString());
        var counted = await gateway.RecordAsync(2);
        Assert.Equal(("unidentified", 3L), (counted["kind"]!.ToString(), counted["requests"]!.GetValue<long>()));
        Assert.Equal("stop", (await gateway.RecordAsync(3))["kind"]!.ToString());
    }

    [Fact]
    public async Task Words_that_a_client_puts_into_a_models_name_do_not_reach_the_log()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync("""{"model":"gpt-ada-marsh-lives-here","messages":[{"role":"user","content":"hello"}]}""");

        var record = await gateway.RecordAsync(answer.Record);
        Assert.Equal("gpt-*", record["model"]!.ToString());
        Assert.NotNull(record["commitments"]!["model"]);
        Assert.DoesNotContain("marsh", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_prompt_nor_answer_nor_key_nor_principal_is_in_any_record()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Completion("the answer is quokka"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var answer = await gateway.PostChatAsync(
            """{"model":"gpt-4o","user":"wombat","messages":[{"role":"user","name":"numbat","content":"what is a bilby"}]}""",
            ("Holdpoint-Claims", """{"purpose":"research"}"""));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();

        var entries = await gateway.SendAsync(HttpMethod.Get, "/log/tile/entries/000.p/4", null, TestGateway.AuditorKey);

        Assert.Equal(HttpStatusCode.OK, entries.Status);
        foreach (var word in new[] { "quokka", "wombat", "numbat", "bilby", "analyst-7", TestGateway.AnalystKey, "sk-provider"
            + "-secret", "research" })
        {
            Assert.DoesNotContain(word, Encoding.UTF8.GetString(entries.Body), StringComparison.Ordinal);
        }
    }
}
