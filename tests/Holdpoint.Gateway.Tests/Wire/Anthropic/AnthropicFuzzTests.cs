using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

/// <summary>
/// Whatever the bytes are, reading them ends in an outcome and never in an exception, and what is read is bounded by its limits.
/// </summary>
public sealed class AnthropicFuzzTests
{
    private static readonly string[] Requests =
    [
        Request("\"tools\":[{\"name\":\"f\",\"input_schema\":{}},{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],"
            + "\"system\":[{\"type\":\"text\",\"text\":\"a\\u00e9\"}],\"stream\":true"),
        Block("""{"type":"tool_result","tool_use_id":"1","content":["""
            + """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAEC"}}]}"""),
        Block("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"b","citations":"""
            + """[]}]},"citations":{"enabled":true}}"""),
        Request("\"mcp_servers\":[{\"type\":\"url\",\"url\":\"u\",\"name\":\"n\"}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\"},"
            + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}"),
    ];

    private static readonly string[] Answers =
    [
        Answer("""{"type":"text","text":"a\ud83d\ude00","citations":null},{"type":"tool_use","id":"1","name":"f","input":{"a":[1,"b"]}}"""),
        Answer("""{"type":"thinking","thinking":"t","signature":"s"},"""
            + """{"type":"mcp_tool_use","id":"1","name":"f","server_name":"s","input":{}}""", "\"stop_details\":{\"explanation\":\"x\"}"),
    ];

    private static readonly string Stream = string.Concat(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n",
        "event: content_block_start\n"
            + "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}}\n\n",
        "event: content_block_delta\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"b\"}}\n\n",
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\","
            + "\"id\":\"1\",\"name\":\"f\",\"input\":{}}}\n\n",
        "event: content_block_delta\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}\n\n",
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n",
        "event: message_delta\n"
            + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":1}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    private static readonly AnthropicMessages Small = new(
        limits: new WireLimits { MaxParts = 6, MaxTools = 3, MaxDepth = 12, MaxEventBytes = 300 });

    [Fact]
    public void A_mutated_request_is_read_or_refused() => Check(Requests, body =>
    {
        foreach (var format in (WireFormat[])[Format, Small, new AnthropicCountTokens()])
        {
            if (format.Read(body) is ReadOutcome.Readable(var call))
            {
                Assert.True(call.Parts.Length <= format.Limits.MaxParts && call.Tools.Length <= format.Limits.MaxTools);
            }
        }
    });

    [Fact]
    public void A_mutated_answer_is_read_or_refused() => Check(Answers, body =>
    {
        foreach (var format in (WireFormat[])[Format, Small, new AnthropicCountTokens()])
        {
            Assert.True(format.ReadAnswer(body) is not AnswerOutcome.Unreadable(var fault) || fault.Status == 502);
        }
    });

    [Fact]
    public void A_mutated_stream_is_read_or_refused_and_what_was_read_is_its_beginning() => Check([Stream], body =>
    {
        foreach (var format in (WireFormat[])[Format, Small])
        {
            var read = StreamReading.Of([body], format.OpenStream());
            Assert.True(read.Fault is null or { Status: 502 });
            Assert.True(body.AsSpan().StartsWith(read.Events.SelectMany(e => e.Raw.ToArray()).ToArray()));
        }
    });

    private static void Check(string[] seeds, Action<byte[]> read) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            List<byte> bytes = [.. Reading.Utf8(seeds[random.Next(seeds.Length)])];
            for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
            {
                var place = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[place] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(1, 20)));
                        break;
                    case 2:
                        bytes.InsertRange(place, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(1, 40)).ToList());
                        break;
                    case 3:
                        bytes.Insert(place, "{}[]\",:\\n0"u8[random.Next(10)]);
                        break;
                    default:
                        bytes.InsertRange(place, [.. "\\ud800"u8]);
                        break;
                }
            }

            read([.. bytes]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(1_000, 50_000)));
}
