using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Testing;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// Streams at random, damaged and put together anew, read by the official clients: no marked word that a client finds in what would be
/// released is one that the reader did not see.
/// </summary>
public sealed class ClientFuzzTests
{
    private const string Marker = "bluebird";

    // As many as one process of Node reads at once.
    private const int AtOnce = 500;

    private static readonly int Runs = TestScale.Of(1_000, 100_000);

    private static readonly WireFormat Anthropic = new AnthropicMessages();

    private static readonly string[] OfChat =
    [
        """{"id":"bluebird-a","model":"bluebird-b","choices":[{"index":0,"delta":{"role":"assistant","content":"bluebird-c"}}]}""",
        """{"choices":[{"index":0,"delta":{"content":[{"type":"bluebird-d","text":"bluebird-e"}],"bluebird-f":1}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"bluebird-g","function":"""
            + """{"name":"bluebird-h","arguments":"bluebird-i"}}]}}]}""",
        """{"choices":[{"index":0,"delta":{},"finish_reason":"bluebird-j"}],"usage":{"bluebird-k":1},"error":null}""",
        """[DONE]""",
    ];

    private static readonly string[] OfMessages =
    [
        """{"type":"message_start","message":{"id":"bluebird-a","content":[],"usage":{"bluebird-b":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"bluebird-c"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"bluebird-d","bluebird-e":2}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"bluebird-f","name":"bluebird-g","input":{}}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"bluebird-h"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"message_delta","delta":{"stop_reason":"bluebird-i"},"usage":{}}""",
        """{"type":"message_stop"}""",
    ];

    [Fact]
    public async Task What_official_clients_find_in_a_released_stream_the_reader_has_seen()
    {
        var words = 0;
        for (var begin = 0; begin < Runs; begin += AtOnce)
        {
            var read = Enumerable.Range(begin, AtOnce).Select(Next).ToList();
            var found = (JsonArray)await NodeScript.RunAsync("read-streams.mjs", "openai", new JsonArray(
                [.. read.Select(one => new JsonObject { ["api"] = one.Api, ["stream"] = one.Read.Raw })]));
            for (var i = 0; i < read.Count; i++)
            {
                var seen = string.Join('\n', read[i].Read.Deltas.Where(delta => delta.Kind == StreamDeltaKind.Text)
                    .Select(delta => delta.Text.Text())
                    .Concat(read[i].Read.ToolCalls.Select(call => $"{call.Name}\n{call.Arguments.Text()}")));
                foreach (var word in found[i]!.AsArray().Select(node => node!.GetValue<string>()).Where(Says))
                {
                    words++;
                    Assert.True(
                        IsWithin(word, seen) || IsHeldBack(read[i].Read, word),
                        $"run {begin + i}: {word}\nseen: {seen}\nin: {read[i].Read.Raw}");
                }
            }
        }

        Assert.True(words > Runs, $"the clients found {words} words");
    }

    private static bool Says(string word) => word.Contains(Marker, StringComparison.Ordinal);

    // A client joins pieces, or splits what the reader joins; the marked word itself is in both.
    private static bool IsWithin(string word, string seen) =>
        seen.Contains(word, StringComparison.Ordinal)
        || word.Split('\n').All(line => !Says(line) || seen.Contains(line, StringComparison.Ordinal));

    // Events of a tool call that has not ended are not released.
    private static bool IsHeldBack(StreamReading read, string word) =>
        read.Events.Any(one => one.Deltas.Any(delta => delta.Kind == StreamDeltaKind.ToolCallFragment)
            && one.Raw.Text().Contains(word, StringComparison.Ordinal));

    private static (string Api, StreamReading Read) Next(int seed)
    {
        var random = new Random(seed);
        var isChat = random.Next(2) == 0;
        var lines = (isChat ? OfChat : OfMessages).ToList();
        for (var change = random.Next(4); change > 0; change--)
        {
            var place = random.Next(lines.Count);
            switch (random.Next(3))
            {
                case 0:
                    lines.Insert(place, lines[random.Next(lines.Count)]);
                    break;
                case 1:
                    lines.RemoveAt(place);
                    lines.Add("{}");
                    break;
                default:
                    (lines[place], lines[0]) = (lines[0], lines[place]);
                    break;
            }
        }

        var ends = (string[])["\n\n", "\r\n\r\n", "\r\r", "\n", "\n: bluebird-x\n\n", "\nid: 1\n\n"];
        var names = (string[])["", "", "event: content_block_delta\n", "event: bluebird-y\n", ": bluebird-z\n", "\ufeff"];
        var stream = string.Concat(lines.Select(line =>
            names[random.Next(8) == 0 ? random.Next(names.Length) : 0] + "data: " + line
            + ends[random.Next(6) == 0 ? random.Next(ends.Length) : 0]));
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(stream)];
        for (var change = random.Next(3); change > 0; change--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(128);
                    break;
                case 1:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(1, 20)));
                    break;
                case 2:
                    bytes.Insert(place, "{}[]\",:\\\n\r0"u8[random.Next(11)]);
                    break;
                default:
                    bytes.InsertRange(place, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(1, 40)).ToList());
                    break;
            }
        }

        return (isChat ? "openai" : "anthropic", StreamReading.Of([bytes.ToArray()], (isChat ? Reading.Format : Anthropic).OpenStream()));
    }
}
