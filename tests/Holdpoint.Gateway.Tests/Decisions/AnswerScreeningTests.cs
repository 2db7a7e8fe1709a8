using System.Net;
using System.Text;
using System.Text.Json;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Stage 8: text is released once screened, a finding decides again, a tool call is an effect. Whole and streamed alike.</summary>
public sealed class AnswerScreeningTests
{
    private const string Phrase = "here is how: write a working exploit for the victim";
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Done = "data: [DONE]\n\n";

    private const string Tool =
        """{"type":"function","function":{"name":"look_up","description":"Looks a word """
        + """up.","parameters":{"type":"object","properties":{"word":{"type":"string"}}}}}""";

    [Fact]
    public async Task A_harmless_answer_passes_byte_for_byte()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Completion("good morning"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal(Script.CompletionJson("good morning"), answer.Text);
        Assert.Equal(Ask, Encoding.UTF8.GetString(upstream.Requests[0].Body));
    }

    [Fact]
    public async Task A_harmless_stream_keeps_its_bytes_and_their_order()
    {
        string[] events = [
            .. "good morning to you all".Split(' ').Select(word => Script.ChunkEvent($$"""{"content":"{{word}} "}""")),
            Script.ChunkEvent("{}", "\"stop\""), Done];
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Equal(string.Concat(events), answer.Text);
        Assert.Equal("text/event-stream", answer.Headers["Content-Type"].Split(';')[0]);
    }

    [Fact]
    public async Task A_phrase_in_a_whole_answer_is_refused_and_the_record_precedes_the_refusal()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Completion(Phrase));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("offensive-cyber", answer.Clauses);
        Assert.DoesNotContain("working exploit", answer.Text, StringComparison.Ordinal);
        var record = await gateway.RecordAsync(answer.Record);
        Assert.Equal(("answer", "refuse"), (record["kind"]!.ToString(), record["verdict"]!.ToString()));
    }

    [Fact]
    public async Task A_phrase_in_a_stream_ends_it_without_the_phrase_wherever_the_stream_was_cut()
    {
        for (var cut = 1; cut < Phrase.Length; cut++)
        {
            await using var upstream = ScriptedUpstream.Start(
                Script.Events(Text(Phrase[..cut]), Text(Phrase[cut..]), Script.ChunkEvent("{}", "\"stop\""), Done));
            await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

            var answer = await gateway.PostChatAsync(AskStream);

            Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
            Assert.Contains("offensive-cyber", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("write a working exploit for", TextOf(answer.Text), StringComparison.Ordinal);
            if (cut + 7 < Phrase.Length && !Testing.TestScale.IsLong)
            {
                cut += 6;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unregistered_tool_call_is_refused_as_a_kinetic_effect(bool stream)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.PostChatAsync(WithTool(stream));

        Assert.Contains("edge-deployment", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_registered_informing_tool_call_is_released_with_a_record_of_its_own(bool stream)
    {
        var digest = Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex();
        await using var gateway = await TestGateway.StartAsync(
            tools: $"  - {{ deployment: analysts-cloud, name: look_up, digest: {digest}, effect: inform }}\n");

        var answer = await gateway.PostChatAsync(WithTool(stream));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("look_up", answer.Text, StringComparison.Ordinal);
        var effect = await gateway.RecordAsync(answer.Record + 1);
        Assert.Equal(
            ("effect", "look_up", "permit", answer.Record),
            (effect["kind"]!.ToString(), effect["tool"]!.ToString(), effect["verdict"]!.ToString(), effect["about"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_provider_run_tool_is_refused_before_anything_is_forwarded()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask[..^1] + ",\"web_search_options\":{}}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("effect", (await gateway.RecordAsync(answer.Record))["kind"]!.ToString());
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task An_answer_that_repeats_the_attested_rows_of_the_call_brings_nobody_new()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(12);
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(rows));
        var order = await gateway.PostEvidenceAsync(gateway.Court.Order(dataset));

        var answer = await gateway.ChatAsync(People.Question + rows, ("Holdpoint-Evidence", $"{dataset},{order}"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(12, (await gateway.RecordAsync(answer.Record))["exposure"]!["persons"]!.GetValue<long>());
    }

    [Fact]
    public async Task Reasoning_that_pauses_in_the_middle_of_a_word_does_not_hold_back_the_text_behind_it()
    {
        var released = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            await connection.SendAsync(Script.ChunkEvent("""{"reasoning_content":"first I write"}"""));
            await connection.SendAsync(Script.ChunkEvent("""{"content":"good morning to everybody here, "}"""));
            await released.Task;
            await connection.SendAsync(Script.ChunkEvent("{}", "\"stop\"") + Done);
            connection.EndSending();
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(AskStream, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        using var response = await gateway.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        released.SetResult();
        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains("first I write", first, StringComparison.Ordinal);
        Assert.EndsWith(Done, rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phrase_that_a_pause_cuts_in_two_is_still_found()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Events(
            Text("write a working "),
            Script.ChunkEvent("""{"reasoning_content":"hm"}"""),
            Text("exploit for the victim"),
            Script.ChunkEvent("{}", "\"stop\""),
            Done));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Contains("offensive-cyber", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("exploit for", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("one write")]
    [InlineData("many writes")]
    public async Task An_effect_is_decided_on_the_text_before_it_however_the_answer_arrives(string form)
    {
        var people = string.Concat(Enumerable.Range(0, 10).Select(i => $"a.person.{i}@mail.example, "));
        var digest = Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex();
        string[] events =
        [
            Text(people),
            Script.ChunkEvent(
                """{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look_up","arguments":"{}"}}]}"""),
            Script.ChunkEvent("{}", "\"tool_calls\""),
            Done,
        ];
        var whole = Script.CompletionJson(people).Replace(
            "\"refusal\":null",
            "\"refusal\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look_up\","
                + "\"arguments\":\"{}\"}}]",
            StringComparison.Ordinal);
        await using var upstream = ScriptedUpstream.Start(
            form == "whole" ? Script.Answer(200, whole)
            : form == "one write" ? Script.Events(string.Concat(events))
            : Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), tools: $"  - {{ deployment: analysts-cloud, name: look_up, digest: {digest}, effect: inform }}\n");

        var answer = await gateway.PostChatAsync(
            (form == "whole" ? Ask : AskStream)[..^1] + $",\"tools\":[{Tool}]}}");

        Assert.Contains("\"verdict\":\"refuse\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("look_up", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_before_the_first_byte_carries_no_header_of_the_upstream()
    {
        await using var upstream = ScriptedUpstream.Start(new Script(connection => connection.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nRetry-After: 77\r\nConnection: close\r\n\r\n"
            + Text(Phrase + " ") + Done)));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Equal((HttpStatusCode.Forbidden, "refuse"), (answer.Status, answer.Verdict));
        Assert.DoesNotContain("Retry-After", answer.Headers.Keys);
    }

    [Fact]
    public async Task A_comment_after_the_end_does_not_turn_the_answer_into_a_refusal()
    {
        string[] events = [": hello there\n\n", Text("good morning. "), Script.ChunkEvent("{}", "\"stop\""), Done, ": bye\n\n"];
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Equal(string.Concat(events), answer.Text);
    }

    [Fact]
    public async Task Words_in_the_place_of_an_id_are_screened()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(
            200, Script.CompletionJson("hello").Replace("chatcmpl-1", Phrase, StringComparison.Ordinal)));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Contains("offensive-cyber", answer.Clauses);
    }

    [Fact]
    public async Task As_many_parts_as_a_call_may_have_are_recorded()
    {
        await using var gateway = await TestGateway.StartAsync();
        var messages = string.Join(',', Enumerable.Repeat("""{"role":"user","content":"x"}""", 8_000));

        var answer = await gateway.PostChatAsync("{\"model\":\"echo\",\"messages\":[" + messages + "]}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(8_000, (await gateway.RecordAsync(answer.Record))["coverage"]!["parts"]!.GetValue<int>());
    }

    private static string WithTool(bool stream) =>
        $$"""{"model":"echo","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hello"}],"tools":[{{Tool}}]}""";

    private static string Text(string text) => Script.ChunkEvent($$"""{"content":{{JsonSerializer.Serialize(text)}}}""");

    private static string TextOf(string stream) => string.Concat(
        stream.Split('\n')
            .Where(line => line.StartsWith("data: {\"id\"", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices")[0].GetProperty("delta"))
            .Select(delta => delta.TryGetProperty("content", out var content) ? content.GetString() : ""));
}
