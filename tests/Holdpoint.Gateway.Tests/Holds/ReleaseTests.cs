using System.Net;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Holds;

public sealed class ReleaseTests
{
    [Fact]
    public async Task An_approved_call_is_released_once_it_is_made_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);

        var answer = await gateway.AskAsync(hold);

        Assert.Equal((HttpStatusCode.OK, "permit"), (answer.Status, answer.Verdict));
        Assert.Equal("[echo] Rank these applications.", answer.Json["choices"]![0]!["message"]!["content"]!.GetValue<string>());
        Assert.Equal("used", await gateway.StateAsync(hold));
        Assert.Equal(["opened", "approved", "approved", "released", "used"], await gateway.StepsAsync(hold));
    }

    [Fact]
    public async Task The_record_of_the_release_names_the_hold_its_decision_and_the_seats()
    {
        await using var gateway = await TestGateway.StartAsync();
        var held = await gateway.AskAsync();
        var hold = HeldCall.HoldOf(held);
        await gateway.ApproveAsync(hold);

        var record = await gateway.RecordAsync((await gateway.AskAsync(hold)).Record);

        Assert.Equal(
            ("call", "permit", held.Record),
            (record["kind"]!.ToString(), record["verdict"]!.ToString(), record["about"]!.GetValue<long>()));
        Assert.Equal(["reviewer#1", "reviewer#2"], record["seats"]!.AsArray().Select(seat => seat!.GetValue<string>()));
    }

    [Fact]
    public async Task A_call_that_is_not_yet_approved_stays_held_and_opens_no_second_hold()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.DecideAsync(hold, 0);

        Assert.Equal(hold, HeldCall.HoldOf(await gateway.AskAsync(hold)));
        Assert.Equal(hold, HeldCall.HoldOf(await gateway.AskAsync()));
        Assert.Equal(["opened", "approved", "joined", "joined"], await gateway.StepsAsync(hold));
    }

    [Fact]
    public async Task Approvals_survive_a_restart_and_so_does_that_they_were_used()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.DecideAsync(hold, 0);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        await gateway.DecideAsync(hold, 1);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();

        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(hold)).Status);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        Assert.Equal("hold_used", (await gateway.AskAsync(hold)).Cause);
    }

    [Fact]
    public async Task An_upstream_that_fails_before_the_first_byte_gives_the_approval_back()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Reset, Script.Answer(500, "{}"), Script.Completion("ranked"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), limits: "{ first_byte_seconds: 20 }");
        var body = HeldCall.Body.Replace("echo", "gpt-x", StringComparison.Ordinal);
        var hold = await gateway.HeldAsync(body);
        await gateway.ApproveAsync(hold);

        var failed = await gateway.AskAsync(hold, body);
        while (failed.Status is HttpStatusCode.BadGateway or HttpStatusCode.InternalServerError)
        {
            failed = await gateway.AskAsync(hold, body);
        }

        Assert.True(failed.Status == HttpStatusCode.OK, failed.Text);
        var steps = await gateway.StepsAsync(hold);
        Assert.Contains("returned", steps);
        Assert.Equal(["released", "used"], steps[^2..]);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_first_byte_has_used_the_approval()
    {
        await using var upstream = ScriptedUpstream.Start(
            Script.EventsCutOff(Script.ChunkEvent("""{"role":"assistant"}"""), Script.ChunkEvent("""{"content":"ranked"}""")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        const string Streamed = """{"model":"gpt-x","stream":true,"messages":[{"role":"user","content":"Rank these applications."}]}""";
        var hold = await gateway.HeldAsync(Streamed);
        await gateway.ApproveAsync(hold);

        var broken = await gateway.AskAsync(hold, Streamed);

        Assert.Equal(HttpStatusCode.OK, broken.Status);
        Assert.Equal("hold_used", (await gateway.AskAsync(hold, Streamed)).Cause);
    }

    [Fact]
    public async Task A_refusal_by_one_reviewer_ends_the_hold_even_after_the_other_approved()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);

        Assert.Equal(HttpStatusCode.Created, (await gateway.DecideAsync(hold, 2, approves: false)).Status);

        Assert.Equal("hold_refused", (await gateway.AskAsync(hold)).Cause);
        Assert.Equal("hold_refused", (await gateway.DecideAsync(hold, 1)).Cause);
        Assert.Null((await gateway.ShowAsync(hold))["content"]);
        Assert.NotEqual(hold, await gateway.HeldAsync());
    }

    [Fact]
    public async Task A_seat_whose_key_was_revoked_is_free_for_another_person()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        Assert.True(Log.Hash.TryParseHex(gateway.Reviewers[1].KeyId, out var key));
        await gateway.PostEvidenceAsync(gateway.Reviewers[0].Revoke(new(key)));

        Assert.Equal(hold, HeldCall.HoldOf(await gateway.AskAsync(hold)));
        Assert.Equal(HttpStatusCode.Created, (await gateway.DecideAsync(hold, 2)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(hold)).Status);
    }

    [Fact]
    public async Task A_release_decides_again_and_evidence_that_no_longer_holds_refuses_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(3), acquisition: "lawfulProcess", subjects: 3));
        (string, string) evidence = ("Holdpoint-Evidence", dataset.ToString());
        var hold = await gateway.HeldAsync(headers: evidence);
        await gateway.ApproveAsync(hold);
        await gateway.PostEvidenceAsync(gateway.Registry.Revoke(dataset));

        Assert.Equal("evidence_revoked", (await gateway.AskAsync(hold, headers: evidence)).Cause);
        Assert.Equal("approved", await gateway.StateAsync(hold));
    }

    [Fact]
    public async Task The_content_is_shown_to_reviewers_and_lies_encrypted_until_the_hold_ends()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();

        var content = (await gateway.ShowAsync(hold))["content"]!;

        Assert.Equal((HeldCall.Body, HeldCall.Claims.Item2), (content["body"]!.GetValue<string>(), content["claims"]!.GetValue<string>()));
        foreach (var file in Directory.EnumerateFiles(gateway.Folder, "holdpoint.db*")
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("Rank these", System.Text.Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(TestGateway.AnalystKey)]
    [InlineData(TestGateway.AuditorKey)]
    [InlineData(TestGateway.OperatorKey)]
    public async Task Only_the_right_to_review_shows_holds(string key)
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();

        foreach (var path in new[] { "/holdpoint/holds", "/holdpoint/holds/" + hold })
        {
            var answer = await gateway.SendAsync(HttpMethod.Get, path, null, key);
            Assert.Equal((HttpStatusCode.Forbidden, "right_missing"), (answer.Status, answer.Cause));
        }
    }

    [Fact]
    public async Task The_list_has_what_is_open_and_on_request_what_has_ended()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var other = await gateway.HeldAsync(HeldCall.Body.Replace("Rank", "Sort", StringComparison.Ordinal));
        await gateway.DecideAsync(other, 0, approves: false);

        async Task<string[]> ListAsync(string query) =>
            [.. (await gateway.SendAsync(
                HttpMethod.Get, "/holdpoint/holds" + query, null, TestGateway.ReviewerKey)).Json["holds"]!.AsArray()
                .Select(listed => listed!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

        var (open, all) = (await ListAsync(""), await ListAsync("?state=all"));
        Assert.Equal([hold], open);
        Assert.Equal(new[] { hold, other }.Order(StringComparer.Ordinal), all);
    }

    [Fact]
    public async Task A_hold_expires_when_the_agreement_says()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await TestGateway.StartAsync(time: time);
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        time.Advance(TimeSpan.FromMinutes(1440));

        Assert.Equal("hold_expired", (await gateway.AskAsync(hold)).Cause);
        Assert.Equal("hold_expired", (await gateway.DecideAsync(hold, 2)).Cause);
        Assert.NotEqual(hold, await gateway.HeldAsync());
    }

    [Fact]
    public async Task One_principal_cannot_fill_the_book()
    {
        await using var gateway = await TestGateway.StartAsync();
        var most = new Gateway.Holds.HoldLimits().OpenPerPrincipal;
        var answers = await Task.WhenAll(Enumerable.Range(0, most + 5).Select(
            i => gateway.AskAsync(body: HeldCall.Body.Replace("Rank", $"Rank {i}", StringComparison.Ordinal))));

        Assert.Equal(most, answers.Count(answer => answer.Cause == "needs_approval"));
        var full = answers.Where(answer => answer.Cause == "holds_full").ToList();
        Assert.Equal(5, full.Count);
        Assert.All(full, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "60"), (answer.Status, answer.Headers["Retry-After"])));
        Assert.Equal("needs_approval", (await gateway.AskAsync(key: TestGateway.ColleagueKey)).Cause);
    }

    [Fact]
    public async Task One_principal_cannot_fill_the_space_for_content_of_all()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.HeldAsync();
        await gateway.StopAsync();
        using (var store = new SqliteConnection($"Data Source={Path.Combine(gateway.Folder, "holdpoint.db")};Pooling=False"))
        {
            store.Open();
            using var filling = store.CreateCommand();
            filling.CommandText = $"UPDATE hold SET content_bytes = {new Gateway.Holds.HoldLimits().ContentBytesPerPrincipal - 1}";
            Assert.Equal(1, filling.ExecuteNonQuery());
        }

        await gateway.StartAgainAsync();
        var other = HeldCall.Body.Replace("Rank", "Order", StringComparison.Ordinal);

        Assert.Equal("holds_full", (await gateway.AskAsync(body: other)).Cause);
        Assert.Equal("needs_approval", (await gateway.AskAsync(body: other, key: TestGateway.ColleagueKey)).Cause);
    }

    [Fact]
    public async Task Shredding_a_principal_ends_what_waits_for_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        await gateway.StopAsync();
        await using (var store = Gateway.Hosting.GatewayStore.Open(new() { Path = gateway.Settings.StorePath }, TimeProvider.System))
        {
            var log = await Gateway.Records.RecordLog.OpenAsync(
                store, TimeProvider.System, cancellationToken: TestContext.Current.CancellationToken);
            await Gateway.Hosting.Shredding.ShredAsync(log, "analysts-cloud", "analyst-7", TestContext.Current.CancellationToken);
        }

        await gateway.StartAgainAsync();

        Assert.Equal("hold_unknown", (await gateway.AskAsync(hold)).Cause);
        Assert.Equal("hold_unknown", (await gateway.PostApprovalAsync(hold, [])).Cause);
    }
}
