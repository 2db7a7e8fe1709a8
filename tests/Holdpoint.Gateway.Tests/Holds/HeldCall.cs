using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>A call that the shipped agreement holds, and what reviewers do about it.</summary>
internal static class HeldCall
{
    public const string Body = """{"model":"echo","messages":[{"role":"user","content":"Rank these applications."}]}""";

    /// <summary>Needs two reviewers.</summary>
    public static readonly (string, string) Claims = ("Holdpoint-Claims", """{"purpose":"employment"}""");

    extension(TestGateway gateway)
    {
        public Task<TestAnswer> AskAsync(
            string? hold = null, string body = Body, string key = TestGateway.AnalystKey, params (string, string)[] headers) =>
            gateway.SendAsync(
                HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(body), key,
                [Claims, .. hold is null ? [] : new[] { ("Holdpoint-Hold", hold) }, .. headers]);

        /// <summary>Makes the call and returns the id of its hold.</summary>
        public async Task<string> HeldAsync(string body = Body, string key = TestGateway.AnalystKey, params (string, string)[] headers) =>
            HoldOf(await gateway.AskAsync(body: body, key: key, headers: headers));

        public async Task<JsonNode> ShowAsync(string hold)
        {
            var shown = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds/" + hold, null, TestGateway.ReviewerKey);
            Assert.True(shown.Status == HttpStatusCode.OK, shown.Text);
            return shown.Json;
        }

        public async Task<Hash> DigestAsync(string hold)
        {
            Assert.True(Hash.TryParseHex((await gateway.ShowAsync(hold))["hold"]!["digest"]!.GetValue<string>(), out var digest));
            return digest;
        }

        public Task<TestAnswer> PostApprovalAsync(string hold, byte[] envelope, string key = TestGateway.ReviewerKey) =>
            gateway.SendAsync(HttpMethod.Post, $"/holdpoint/holds/{hold}/approvals", envelope, key);

        public async Task<TestAnswer> DecideAsync(string hold, int reviewer, bool approves = true, string seat = "reviewer") =>
            await gateway.PostApprovalAsync(
                hold, gateway.Reviewers[reviewer].Decide(hold, await gateway.DigestAsync(hold), approves, seat, gateway.Time.GetUtcNow()));

        /// <summary>Approves by as many reviewers as the hold asks for.</summary>
        public async Task ApproveAsync(string hold, int reviewers = 2)
        {
            for (var i = 0; i < reviewers; i++)
            {
                var posted = await gateway.DecideAsync(hold, i);
                Assert.True(posted.Status == HttpStatusCode.Created, posted.Text);
            }
        }

        public async Task<string> StateAsync(string hold) => (await gateway.ShowAsync(hold))["hold"]!["state"]!.GetValue<string>();

        /// <summary>The steps of the hold as the log has them, with the exception of who looked at it.</summary>
        public async Task<List<string>> StepsAsync(string hold)
        {
            List<string> steps = [];
            var status = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/status", null, TestGateway.OperatorKey);
            for (var i = 0L; i < status.Json["records"]!.GetValue<long>(); i++)
            {
                var record = await gateway.RecordAsync(i);
                if (record["hold"]?.GetValue<string>() == hold && record["step"]!.GetValue<string>() is not "seen" and var step)
                {
                    steps.Add(step);
                }
            }

            return steps;
        }
    }

    public static string HoldOf(TestAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.Forbidden && answer.Verdict == "hold", answer.Text);
        return answer.Json["error"]!["holdpoint"]!["hold"]!["id"]!.GetValue<string>();
    }
}
