using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed partial class OpenAiChatCoverageTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000));

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    // The strings that are no content, all of them: documented words, and the model's name.
    [GeneratedRegex("^/(model|se"
        + "rvice_tier|"
        + "modalities/"
        + "0|response_"
        + "format/type"
        + "|prediction"
        + "/type|tool_"
        + "choice/type"
        + "|web_search"
        + "_options/(s"
        + "earch_conte"
        + "xt_size|use"
        + "r_location/"
        + "type)|(mess"
        + "ages/\\d+|prediction)/content/\\d+/(type|image_url/detail|input_audio/format)|messages/\\d+/(role|tool_calls/\\d+/type))$")]
    private static partial Regex NoContent();

    [Fact]
    public void Every_string_of_a_valid_body_is_in_a_part_or_in_a_tools_text() =>
        Prop.ForAll(Seeds, seed =>
        {
            var body = new RequestBodies(seed).Next();
            var call = Call(Encoding.UTF8.GetString(body));
            var read = string.Join('\n', call.Parts.Where(p => p.Kind == PartKind.Text).Select(p => p.Bytes.Text())
                .Concat(call.Tools.Select(t => t.Text.Text())));
            var opaque = call.Parts.Where(p => p.Kind == PartKind.Opaque)
                .ToDictionary(p => p.Path, p => Convert.ToBase64String(p.Bytes.Span));

            using var document = JsonDocument.Parse(body);
            foreach (var (path, text) in Strings(document.RootElement, ""))
            {
                if (opaque.TryGetValue(path, out var base64))
                {
                    Assert.EndsWith(base64, text, StringComparison.Ordinal);
                }
                else if (!(NoContent().IsMatch(path) || (path == "/reasoning_effort" && text == "high")))
                {
                    Assert.Contains(text, read, StringComparison.Ordinal);
                }
            }
        }).Check(Runs);

    [Theory]
    [InlineData("track his phone\n", "Text")]
    [InlineData("\u0000track his phone", "Text")]
    [InlineData("\u0001\u0002\u0003\u0004 track his phone", "Opaque")]
    public void A_file_that_decodes_to_text_is_text_whatever_it_says_that_it_is(string content, string kind)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        var call = Call(
            """{"model":"m","messages":[{"role":"user","content":["""
            + """{"type":"file","file":{"filename":"f","file_data":"data:application/pdf;base64,DATA"}}]}]}"""
            .Replace("DATA", data, StringComparison.Ordinal));

        Assert.Equal(
            kind,
            call.Parts.Single(part => part.Path.EndsWith("/file_data", StringComparison.Ordinal) && !part.Bytes.IsEmpty).Kind.ToString());
    }

    [Fact]
    public void Every_text_part_is_what_stands_at_its_path() =>
        Prop.ForAll(Seeds, seed =>
        {
            var body = new RequestBodies(seed).Next();
            var call = Call(Encoding.UTF8.GetString(body));

            using var document = JsonDocument.Parse(body);
            foreach (var part in call.Parts.Where(p => p.Kind == PartKind.Text))
            {
                if (Find(document.RootElement, part.Path) is { ValueKind: JsonValueKind.String } value
                    && part.Bytes.Text() != value.GetString())
                {
                    Assert.Contains("/metadata/", part.Path, StringComparison.Ordinal);   // there the name is a part too
                }
            }
        }).Check(Runs);

    [Fact]
    public void Damaged_bodies_never_throw_and_what_is_read_is_json_that_everyone_reads_alike() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var body = Damage(new RequestBodies(seed).Next(), random);

            if (Format.Read(body) is ReadOutcome.Readable)
            {
                using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
                foreach (var (_, text) in Strings(document.RootElement, ""))
                {
                    Assert.True(text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar));
                }
            }

            Format.ReadAnswer(body);
        }).Check(Runs);

    [Fact]
    public void A_body_with_one_name_doubled_is_refused() =>
        Prop.ForAll(Seeds, seed =>
        {
            var text = Encoding.UTF8.GetString(new RequestBodies(seed).Next());
            var field = DoubleQuotedName().Matches(text);
            var chosen = field[new Random(seed).Next(field.Count)];

            // The first object's field is doubled in place, with a value of the simplest kind.
            var doubled = text.Insert(chosen.Index, chosen.Value + "null,");

            var fault = Fault(doubled);
            Assert.True(
                fault.Cause == WireCause.DuplicateField || !chosen.Value.Contains("word", StringComparison.Ordinal),
                fault.Message + doubled);
        }).Check(Runs);

    // Only where a name begins an object or follows a comma outside strings; texts of the generator hold no such thing.
    [GeneratedRegex("(?<=[{,]\\n?)\"word\\d+\" ?: ?|(?<=[{,]\\n?)\"(model|messages|role|content|type)\" ?: ?")]
    private static partial Regex DoubleQuotedName();

    private static byte[] Damage(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, (byte)"{}[]\",:\\u0"[random.Next(10)]);
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(20)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<(string Path, string Text)> Strings(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => [(path, element.GetString()!)],
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Strings(item, $"{path}/{i}")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Strings(field.Value, $"{path}/{field.Name}")),
        _ => [],
    };

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (var step in path.Split('/').Skip(1))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                element = element[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)];
            }
            else if (!element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element;
    }
}
