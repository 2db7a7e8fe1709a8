using System.Net;
using System.Text;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Log;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>Each way to get more out of an approval than people gave.</summary>
public sealed class MisuseTests
{
    [Fact]
    public async Task An_approval_is_used_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        await gateway.AskAsync(hold);

        var again = await gateway.AskAsync(hold);

        Assert.Equal((HttpStatusCode.Forbidden, "hold_used"), (again.Status, again.Cause));
        Assert.NotEqual(hold, HeldCall.HoldOf(await gateway.AskAsync()));
    }

    [Fact]
    public async Task An_approval_of_one_hold_counts_for_no_other()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var other = await gateway.HeldAsync(HeldCall.Body.Replace("Rank", "Sort", StringComparison.Ordinal));
        var (digest, otherDigest) = (await gateway.DigestAsync(hold), await gateway.DigestAsync(other));
        var reviewer = gateway.Reviewers[0];

        Assert.Equal("approval_mismatch", (await gateway.PostApprovalAsync(other, reviewer.Decide(hold, digest))).Cause);
        Assert.Equal("approval_mismatch", (await gateway.PostApprovalAsync(other, reviewer.Decide(other, digest))).Cause);
        Assert.Equal("approval_mismatch", (await gateway.PostApprovalAsync(hold, reviewer.Decide(hold, otherDigest))).Cause);
    }

    [Fact]
    public async Task Every_changed_byte_makes_another_call()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);

        for (var i = 0; i < HeldCall.Body.Length; i++)
        {
            // A space more is the least that can be changed, and wherever it stands the call is another one or none.
            var changed = HeldCall.Body.Insert(i, " ");
            var answer = await gateway.AskAsync(hold, changed);
            Assert.NotEqual(HttpStatusCode.OK, answer.Status);
            Assert.True(answer.Cause is "hold_mismatch" or not "hold_used", answer.Text);
        }

        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(hold)).Status);
    }

    [Fact]
    public async Task Another_principal_cannot_use_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);

        Assert.Equal("hold_unknown", (await gateway.AskAsync(hold, key: TestGateway.ColleagueKey)).Cause);
    }

    [Fact]
    public async Task Other_claims_and_other_evidence_make_another_call()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(3)));
        var bytes = Encoding.UTF8.GetBytes(HeldCall.Body);

        var otherClaims = await gateway.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", bytes, TestGateway.AnalystKey,
            ("Holdpoint-Hold", hold), ("Holdpoint-Claims", """{"purpose": "employment"}"""));
        var noClaims = await gateway.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", bytes, TestGateway.AnalystKey, ("Holdpoint-Hold", hold));
        var moreEvidence = await gateway.AskAsync(hold, headers: ("Holdpoint-Evidence", dataset.ToString()));

        Assert.All([otherClaims, noClaims, moreEvidence], answer => Assert.Equal("hold_mismatch", answer.Cause));
    }

    [Fact]
    public async Task Under_another_bundle_nothing_of_the_old_one_is_approved()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);
        await gateway.StopAsync();
        var facts = Path.Combine(gateway.Folder, "agreement", "agreement.yaml");
        await File.WriteAllTextAsync(
            facts, await File.ReadAllTextAsync(facts, TestContext.Current.CancellationToken) + "\n# changed\n",
            TestContext.Current.CancellationToken);
        await gateway.StartAgainAsync();

        Assert.Equal("hold_mismatch", (await gateway.AskAsync(hold)).Cause);
        Assert.Equal("approval_mismatch", (await gateway.DecideAsync(hold, 2)).Cause);
    }

    [Fact]
    public async Task Who_asks_does_not_approve_with_whichever_key()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync(key: TestGateway.ColleagueKey);

        var answer = await gateway.DecideAsync(hold, 2);

        Assert.Equal((HttpStatusCode.Forbidden, "approval_by_requester"), (answer.Status, answer.Cause));
        await gateway.ApproveAsync(hold);
        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(hold, key: TestGateway.ColleagueKey)).Status);
    }

    [Fact]
    public async Task One_person_fills_one_seat()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.DecideAsync(hold, 0);

        Assert.Equal("approval_repeated", (await gateway.DecideAsync(hold, 0)).Cause);
        var later = gateway.Reviewers[0].Decide(hold, await gateway.DigestAsync(hold), issued: DateTimeOffset.UtcNow.AddSeconds(30));
        Assert.Equal("approval_repeated", (await gateway.PostApprovalAsync(hold, later)).Cause);
        Assert.Equal(hold, HeldCall.HoldOf(await gateway.AskAsync(hold)));
    }

    [Fact]
    public async Task Nobody_fills_a_seat_that_is_not_theirs_or_not_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var digest = await gateway.DigestAsync(hold);

        Assert.Equal("approval_not_seated", (await gateway.PostApprovalAsync(hold, gateway.Reviewers[3].Decide(hold, digest))).Cause);
        Assert.Equal(
            "approval_not_seated",
            (await gateway.PostApprovalAsync(hold, gateway.Reviewers[3].Decide(hold, digest, seat: "commander"))).Cause);
        Assert.Equal("evidence_untrusted", (await gateway.PostApprovalAsync(hold, gateway.Registry.Decide(hold, digest))).Cause);
        using var stranger = new TestIssuer("stranger", "agency", "approval/v1") { Person = "p-0311" };
        Assert.Equal("evidence_untrusted", (await gateway.PostApprovalAsync(hold, stranger.Decide(hold, digest))).Cause);
    }

    [Fact]
    public async Task More_approvals_than_seats_are_not_taken()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold);

        Assert.Equal("seat_filled", (await gateway.DecideAsync(hold, 2)).Cause);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revoked_key_or_approval_counts_no_longer(bool wholeKey)
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        await gateway.ApproveAsync(hold, reviewers: 1);
        var reviewer = gateway.Reviewers[1];
        var envelope = reviewer.Decide(hold, await gateway.DigestAsync(hold));
        await gateway.PostApprovalAsync(hold, envelope);
        Assert.Equal("approved", await gateway.StateAsync(hold));

        Assert.True(Hash.TryParseHex(reviewer.KeyId, out var key));
        await gateway.PostEvidenceAsync(gateway.Reviewers[0].Revoke(wholeKey ? new(key) : Evidence.EvidenceId.Of(envelope)));

        Assert.Equal("open", await gateway.StateAsync(hold));
        Assert.Equal(hold, HeldCall.HoldOf(await gateway.AskAsync(hold)));
        Assert.Equal("evidence_revoked", (await gateway.PostApprovalAsync(hold, envelope)).Cause);
    }

    [Fact]
    public async Task An_approval_is_of_its_time()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var digest = await gateway.DigestAsync(hold);

        foreach (var away in new[] { TimeSpan.FromMinutes(-6), TimeSpan.FromMinutes(6) })
        {
            var untimely = gateway.Reviewers[0].Decide(hold, digest, issued: DateTimeOffset.UtcNow + away);
            Assert.Equal("approval_untimely", (await gateway.PostApprovalAsync(hold, untimely)).Cause);
        }
    }

    [Fact]
    public async Task Of_many_releases_at_once_exactly_one_wins()
    {
        for (var round = 0; round < TestScale.Of(3, 50); round++)
        {
            await using var upstream = ScriptedUpstream.Start(Script.Completion("ranked"));
            await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
            var body = HeldCall.Body.Replace("echo", "gpt-x", StringComparison.Ordinal);
            var hold = await gateway.HeldAsync(body);
            await gateway.ApproveAsync(hold);

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => gateway.AskAsync(hold, body)));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.All(
                answers.Where(answer => answer.Status != HttpStatusCode.OK),
                answer => Assert.True(answer.Cause is "hold_used" or "hold_in_use", answer.Text));
            Assert.Single(upstream.Requests);
        }
    }

    [Fact]
    public async Task Of_many_equal_approvals_at_once_one_fills_a_seat()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var digest = await gateway.DigestAsync(hold);

        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => gateway.PostApprovalAsync(hold, gateway.Reviewers[0].Decide(hold, digest, issued: DateTimeOffset.UtcNow.AddSeconds(i)))));

        Assert.Single(posted, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal("open", await gateway.StateAsync(hold));
    }

    [Fact]
    public async Task An_approval_is_no_evidence_and_evidence_no_approval()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var digest = await gateway.DigestAsync(hold);

        var asEvidence = await gateway.SendAsync(
            HttpMethod.Post, "/holdpoint/evidence", gateway.Reviewers[0].Decide(hold, digest), TestGateway.AnalystKey);
        var asApproval = await gateway.PostApprovalAsync(hold, gateway.Reviewers[0].Sign([new(null, digest)], new Revocation()));

        Assert.Equal("evidence_out_of_scope", asEvidence.Cause);
        Assert.Equal("evidence_malformed", asApproval.Cause);
    }

    [Fact]
    public async Task The_right_to_call_is_not_the_right_to_approve()
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var envelope = gateway.Reviewers[0].Decide(hold, await gateway.DigestAsync(hold));

        Assert.Equal("right_missing", (await gateway.PostApprovalAsync(hold, envelope, TestGateway.AnalystKey)).Cause);
    }
}
