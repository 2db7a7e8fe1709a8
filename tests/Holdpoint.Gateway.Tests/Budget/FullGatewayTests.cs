using System.Net;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Gateway.Tests.Holds;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Budget;

/// <summary>A gateway whose memory for content is used up says so, goes on with what it has, and gets all of it back.</summary>
public sealed class FullGatewayTests
{
    private const int Most = 1_048_576;
    private const string Limits =
        "{ body_bytes: 65536, answer_bytes: 65536, content_bytes: 1048576, content_share: 1, retries: 0, circuit_attempts: 1000000 }";

    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";

    private static readonly string Sentence = Script.ChunkEvent($$"""{"content":"{{new string('o', 1_000)}}. "}""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_fit_is_told_to_try_again_and_fits_when_there_is_room()
    {
        await using var upstream = ScriptedUpstream.Start(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"good morning. "}""")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Limits);
        List<HttpResponseMessage> open = [];

        // A stream that cannot be screened does not begin.
        while (await BeginAsync(gateway) is var stream)
        {
            open.Add(stream);
            if (stream.StatusCode != HttpStatusCode.OK)
            {
                break;
            }
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, open[^1].StatusCode);
        Assert.InRange(open.Count, 20, 40);
        Assert.InRange(await ContentAsync(gateway), Most - 40_000, Most);

        // A body that does not fit is refused before anybody is asked.
        var asked = upstream.Requests.Count;
        var refused = await gateway.PostChatAsync(Ask.Replace("hello", new string('o', 60_000), StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "overloaded"), (refused.Status, refused.Cause));
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.Equal(asked, upstream.Requests.Count);
        var record = await gateway.RecordAsync(refused.Record);
        Assert.Equal(
            ("call", "refuse", "overloaded"), (record["kind"]!.ToString(), record["verdict"]!.ToString(), record["cause"]!.ToString()));

        // Evidence has room of its own; a reload brings more for calls.
        var posted = await gateway.SendAsync(HttpMethod.Post, "/holdpoint/evidence", new byte[100_000], TestGateway.AnalystKey);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, posted.Status);
        gateway.Edit(text => text.Replace("content_bytes: 1048576", "content_bytes: 2097152", StringComparison.Ordinal));
        Assert.True((await gateway.ReloadAsync()).IsApplied);
        open.Add(await BeginAsync(gateway));
        Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);

        open.ForEach(stream => stream.Dispose());
        await EmptyAsync(gateway);
    }

    [Fact]
    public async Task A_whole_answer_that_does_not_fit_is_lost_and_that_is_recorded()
    {
        // Each stream takes 31 KiB of the MiB, so that 32 leave less than the answer needs.
        const int Idle = 32;
        await using var upstream = ScriptedUpstream.Start(
        [
            .. Enumerable.Repeat(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"good morning. "}""")), Idle),
            Script.Completion(new string('o', 60_000)),
        ]);
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Limits);
        List<HttpResponseMessage> open = [];
        for (var i = 0; i < Idle; i++)
        {
            open.Add(await BeginAsync(gateway));
            Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
        }

        var lost = await gateway.PostChatAsync(Ask);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "overloaded"), (lost.Status, lost.Cause));
        Assert.DoesNotContain("ooo", lost.Text, StringComparison.Ordinal);
        var record = await gateway.RecordAsync(lost.Record);
        Assert.Equal(("outcome", "overloaded"), (record["kind"]!.ToString(), record["cause"]!.ToString()));

        open.ForEach(stream => stream.Dispose());
        await EmptyAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    [Theory]
    [InlineData("{}", "needs_approval")]
    [InlineData(Limits, "answer_not_kept")]
    public async Task A_stream_for_whose_record_there_is_no_room_is_released_but_not_held(string limits, string cause)
    {
        string[] text = [.. Enumerable.Repeat(Sentence, 700)];
        await using var upstream = ScriptedUpstream.Start(
            Script.Events([.. text, HeldEffect.Done]), Script.Events([.. text, .. HeldEffect.Events("dunes")]));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), limits, clause: HeldEffect.Clause);

        var released = await gateway.PostChatAsync(HeldEffect.Body("gpt-4o", stream: true));
        var held = await gateway.PostChatAsync(HeldEffect.Body("gpt-4o", stream: true));

        Assert.Equal(string.Concat([.. text, HeldEffect.Done]), released.Text);
        Assert.StartsWith(string.Concat(text[..600]), held.Text, StringComparison.Ordinal);
        Assert.Contains($"\"{cause}\"", held.Text, StringComparison.Ordinal);
        await EmptyAsync(gateway);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streams_are_recorded_only_where_something_can_be_held(bool canHold)
    {
        await using var upstream = ScriptedUpstream.Start(Script.EventsThenSilence([.. Enumerable.Repeat(Sentence, 100)]));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), edit: (text, folder) =>
        {
            foreach (var file in Directory.EnumerateFiles(folder["agreement"], "*.cedar", SearchOption.AllDirectories))
            {
                File.WriteAllLines(
                    file, File.ReadAllLines(file).Where(line => canHold || !line.StartsWith("@hold(", StringComparison.Ordinal)));
            }

            return text;
        });
        Assert.Equal(canHold, AgreementFolder.Load(gateway.Settings.AgreementPath).Agreement!.CanHold);

        using (var stream = await BeginAsync(gateway))
        {
            await using var body = await stream.Content.ReadAsStreamAsync(Stop);
            await body.ReadExactlyAsync(new byte[95_000], Stop);
            Assert.Equal(canHold, await ContentAsync(gateway) > 95_000);
        }

        await EmptyAsync(gateway);
    }

    [Fact]
    public async Task What_is_decoded_and_what_a_stream_keeps_back_count_too()
    {
        var arguments = HeldEffect.Call(0, new string('o', 200_000)).Replace("\\\"}\"}}]}", "\"}}]}", StringComparison.Ordinal);
        await using var upstream = ScriptedUpstream.Start(
            Script.EventsThenSilence(Sentence), Script.EventsThenSilence(Sentence, arguments));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Limits, clause: HeldEffect.Clause);

        // Prompts with escapes are decoded: as much again as the body's buffer of 64 KiB.
        using (await BeginAsync(gateway, AskStream.Replace("hello", "line\\nbreak" + new string('o', 50_000), StringComparison.Ordinal)))
        {
            Assert.InRange(await ContentAsync(gateway), 2 * 65_536, 200_000);
        }

        await EmptyAsync(gateway);

        // A tool call that is not complete is kept back: 200 KB, counted twice but for the last 64 KiB, beside 256 KiB of record.
        using (await BeginAsync(gateway, HeldEffect.Body("gpt-4o", stream: true)))
        {
            await Eventually.FindAsync(async () => await ContentAsync(gateway) > 590_000 ? "" : null, "what is kept back to be counted");
        }

        await EmptyAsync(gateway);
    }

    [Fact]
    public async Task However_calls_end_nothing_stays_taken()
    {
        Script[] ends =
        [
            Script.Completion("well"), Script.Completion(new string('o', 50_000)), Script.Reset, Script.Raw("garbage\r\n\r\n"),
            Script.Answer(200, "<html>"), Script.Answer(200, new string('o', 70_000)), Script.TooShort(Script.CompletionJson("hi"), 10),
            Script.Answer(429, "{}"), Script.Answer(500, new string('o', 60_000)), Script.EventsCutOff(Sentence),
            Script.Events(Sentence, "data: {not json\n\n"), Script.Events(Sentence, "data: [DONE]\n\n"),
            Script.Events([.. Enumerable.Repeat(Sentence, 900)]), Script.EventsThenSilence(Sentence),
            Script.Events(HeldEffect.Events("dunes", "dunes")),
            Script.Events(Script.ChunkEvent("""{"content":"write a working exploit for"}""")),
        ];
        await using var upstream = ScriptedUpstream.Start([.. Enumerable.Range(0, 10_000).Select(i => ends[i % ends.Length])]);
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), Limits.Replace(" }", ", body_seconds: 1, between_bytes_seconds: 1 }", StringComparison.Ordinal),
            clause: HeldEffect.Clause);
        string[] asked =
        [
            Ask, AskStream, HeldEffect.Body("gpt-4o", stream: true), HeldEffect.Body("gpt-4o"), "{", Ask[..^1],
            Ask.Replace("hello", new string('o', 70_000), StringComparison.Ordinal),
            Ask.Replace("hello", "line\\nbreak" + new string('o', 50_000), StringComparison.Ordinal),
        ];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, TestScale.Of(160, 4_000)),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Stop },
            async (i, stop) =>
            {
                using var left = CancellationTokenSource.CreateLinkedTokenSource(stop);
                try
                {
                    using var answer = await BeginAsync(gateway, asked[i % asked.Length], left.Token);
                    if (i % 3 != 0)
                    {
                        await answer.Content.ReadAsByteArrayAsync(left.Token);
                    }
                }
                catch (HttpRequestException)
                {
                    // An answer that is cut off.
                }
            });

        await EmptyAsync(gateway);
        Assert.Equal("ready", (await gateway.StatusAsync())["state"]!.ToString());
    }

    private static async Task<HttpResponseMessage> BeginAsync(
        TestGateway gateway, string ask = AskStream, CancellationToken? cancellationToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(ask, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken ?? Stop);
    }

    private static async Task<long> ContentAsync(TestGateway gateway) => (await gateway.StatusAsync())["content_bytes"]!.GetValue<long>();

    /// <summary>Clients see their answers end before the gateway has put everything away.</summary>
    private static Task<string> EmptyAsync(TestGateway gateway) => Eventually.FindAsync(
        async () => await ContentAsync(gateway) == 0 ? "" : null, "the memory for content to be given back");
}
