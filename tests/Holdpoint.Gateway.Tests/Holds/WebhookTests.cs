using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Holds;

public sealed class WebhookTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public async Task Each_hold_is_told_signed_and_without_content()
    {
        await using var receiver = ScriptedUpstream.Start(Script.Answer(204, ""));
        await using var gateway = await StartAsync(receiver.Url);

        var hold = await gateway.HeldAsync();

        var told = await ToldAsync(receiver, 1);
        var notice = JsonNode.Parse(told.Body)!;
        Assert.Equal(("hold.opened", hold), (notice["type"]!.GetValue<string>(), notice["data"]!["hold"]!.GetValue<string>()));
        Assert.Equal(["reviewer#1", "reviewer#2"], notice["data"]!["needs"]!.AsArray().Select(seat => seat!.GetValue<string>()));
        Assert.Equal(hold, told.Header("webhook-id"));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{hold}.{told.Header("webhook-timestamp")}."), .. told.Body];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Secret, signed)), told.Header("webhook-signature"));
        var text = Encoding.UTF8.GetString(told.Body) + told.Head;
        Assert.DoesNotContain("Rank", text, StringComparison.Ordinal);
        Assert.DoesNotContain("analyst", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_that_is_not_taken_is_sent_again_and_then_no_more()
    {
        await using var receiver = ScriptedUpstream.Start(
            Script.Answer(503, ""), Script.Answer(302, "", headers: "Location: http://127.0.0.1:1/"), Script.Answer(200, ""));
        await using var gateway = await StartAsync(receiver.Url);
        var hold = await gateway.HeldAsync();

        var told = await ToldAsync(receiver, 3);

        Assert.Equal(hold, told.Header("webhook-id"));
        var other = await gateway.HeldAsync(HeldCall.Body.Replace("Rank", "Sort", StringComparison.Ordinal));
        Assert.Equal(other, (await ToldAsync(receiver, 4)).Header("webhook-id"));
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_after_a_restart()
    {
        await using var deaf = ScriptedUpstream.Start(Script.Answer(500, ""));
        await using var gateway = await StartAsync(deaf.Url);
        var hold = await gateway.HeldAsync();
        await ToldAsync(deaf, 1);
        await gateway.StopAsync();
        await using var receiver = ScriptedUpstream.Start(Script.Answer(204, ""));
        var configuration = Path.Combine(gateway.Folder, "holdpoint.yaml");
        await File.WriteAllTextAsync(
            configuration,
            (await File.ReadAllTextAsync(configuration, TestContext.Current.CancellationToken))
                .Replace(deaf.Url, receiver.Url, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        await gateway.StartAgainAsync();

        Assert.Equal(hold, (await ToldAsync(receiver, 1)).Header("webhook-id"));
    }

    [Fact]
    public void A_signature_is_that_of_the_published_example()
    {
        // The example of the Standard Webhooks specification's reference libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSecret.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));
    }

    private static Task<TestGateway> StartAsync(string url)
    {
        Environment.SetEnvironmentVariable("HOLDPOINT_TEST_WEBHOOK_SECRET", "whsec_" + Convert.ToBase64String(Secret));
        return TestGateway.StartAsync(
            settings: $"holds: {{ webhook: {{ url: \"{url}/hook\", secret_env: HOLDPOINT_TEST_WEBHOOK_SECRET }} }}\n");
    }

    private static async Task<ScriptedRequest> ToldAsync(ScriptedUpstream receiver, int count)
    {
        await Eventually.MeetAsync(() => receiver.Requests.Count >= count, "the webhook");
        return receiver.Requests[count - 1];
    }
}
