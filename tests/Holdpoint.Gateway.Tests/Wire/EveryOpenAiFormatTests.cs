using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// What holds for every format: nothing that arrives makes a reader throw, and how the network cuts bytes changes nothing.
/// </summary>
public sealed class EveryOpenAiFormatTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000));

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    // The strings that are no content: documented words, and the model's name.
    private static readonly HashSet<string> Words =
    [
        "m", "reasoning.encrypted_content", "low", "auto", "json_schema", "function",
        "user", "assistant", "message", "output_text", "refusal", "url_citation",
        "reasoning", "summary_text", "reasoning_text", "function_call", "function_call_output",
        "input_text", "input_image", "custom_tool_call", "custom_tool_call_output",
        "shell_call", "shell_call_output", "exit", "computer_call", "type", "computer_call_output",
        "computer_screenshot", "mcp_call", "file_search_call", "input_file", "float",
    ];

    [Fact]
    public void The_examples_are_read()
    {
        foreach (var example in WireExamples.All)
        {
            Call(example.Request, example.Format);
            Answer(example.Answer, example.Format);
            Assert.True(
                example.Format is Holdpoint.Wire.OpenAi.OpenAiEmbeddings || StreamReading.Of(example.Stream, example.Format).Fault is null);
        }
    }

    [Fact]
    public void Every_string_of_a_request_is_in_a_part_or_in_a_tools_text()
    {
        foreach (var example in WireExamples.All)
        {
            var call = Call(example.Request, example.Format);
            var read = string.Join(
                '\n', call.Parts.Select(
                    part => part.Kind == PartKind.Text ? part.Bytes.Text() : part.Bytes.Text() + Convert.ToBase64String(part.Bytes.Span))
                    .Concat(call.Tools.Select(tool => tool.Text.Text())));

            using var document = JsonDocument.Parse(example.Request);
            foreach (var text in Strings(document.RootElement).Where(text => !Words.Contains(text)))
            {
                Assert.Contains(text[(text.LastIndexOf(',') + 1)..], read, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Damaged_bodies_never_throw_and_what_is_read_is_json_that_everyone_reads_alike() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var example = WireExamples.All[random.Next(WireExamples.All.Count)];
            var request = Damage(Utf8(example.Request), random);
            if (example.Format.Read(request) is ReadOutcome.Readable(var call))
            {
                using var document = JsonDocument.Parse(request, new JsonDocumentOptions { AllowDuplicateProperties = false });
                example.Format.ReadAnswer(Damage(Utf8(example.Answer), random), call, buffer: null);
            }

            example.Format.ReadAnswer(Damage(Utf8(example.Answer), random));
        }).Check(Runs);

    [Fact]
    public void Damaged_streams_never_throw_and_keep_the_bytes_in_order() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var example = WireExamples.All[random.Next(WireExamples.All.Count)];
            var stream = Damage(Utf8(example.Stream), random);
            var read = StreamReading.Of(Cut(stream, random), example.Format.OpenStream());
            var raw = read.Events.SelectMany(one => one.Raw.ToArray()).ToArray();

            Assert.True(stream.AsSpan().StartsWith(raw) && (read.Fault is not null || raw.Length == stream.Length));
        }).Check(Runs);

    [Fact]
    public void However_the_bytes_are_cut_the_events_are_the_same()
    {
        foreach (var example in WireExamples.All)
        {
            var bytes = Utf8(example.Stream);
            var whole = StreamReading.Of(example.Stream, example.Format).ToString();
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                Assert.Equal(
                    whole, StreamReading.Of([bytes.AsMemory(0, cut), bytes.AsMemory(cut)], example.Format.OpenStream()).ToString());
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] bytes, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - start, random.Next(1, 200));
            yield return bytes.AsMemory(start, length);
            start += length;
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var i = random.Next(0, 6); i > 0 && bytes.Count > 0; i--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, (byte)"{}[]\",:\\u0\n"[random.Next(11)]);
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(bytes.Count - place, random.Next(60))));
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(20)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Strings(field.Value)),
        _ => [],
    };
}
