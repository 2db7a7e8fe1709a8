using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Testing;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// Walks <c>docs/reference/answers.md</c>: each field of each example is in its table, and whatever is put into the field, or
/// beside it under a strange name, is read or refused.
/// </summary>
public sealed partial class AnswersPageTests
{
    // Each would fit into an id, a model's name or a field's.
    private static readonly string[] Sentences =
        [
            "operation-bluebird-falls-tonight", "operation_bluebird_falls_tonight", "operationbluebirdfallstonight", "Bluebird",
            "bring.it.down",
        ];

    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "answers.md"));

    private static readonly IReadOnlyDictionary<string, WireFormat> Formats = new Dictionary<string, WireFormat>
    {
        ["/v1/chat/completions"] = Reading.Format,
        ["/v1/completions"] = Reading.Completions,
        ["/v1/embeddings"] = Reading.Embeddings,
        ["/v1/responses"] = Reading.Responses,
        ["/v1/messages"] = new AnthropicMessages(),
        ["/v1/messages/count_tokens"] = new AnthropicCountTokens(),
    };

    public static TheoryData<string, bool> Sections()
    {
        var sections = new TheoryData<string, bool>();
        foreach (Match section in Section().Matches(Page))
        {
            sections.Add(section.Groups[1].Value, section.Groups[2].Length > 0);
        }

        return sections;
    }

    [Fact]
    public void There_is_a_section_for_every_answer() =>
        Assert.Equal(
            Formats.Keys.Concat(["/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"]).Order(),
            Sections().Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_field_of_the_example_is_in_the_table(string endpoint, bool isStream)
    {
        var (events, rows) = Read(endpoint, isStream);
        var missing = events.SelectMany(Leaves).Select(leaf => leaf.Path).Where(path =>
            !rows.Any(row => Matches(row, path))
            && !(isStream && path.StartsWith("/response/output", StringComparison.Ordinal))
            && !(isStream && path.EndsWith("/annotations", StringComparison.Ordinal))
            && !path.EndsWith("/content", StringComparison.Ordinal) && !path.EndsWith("/input", StringComparison.Ordinal)
            && !path.EndsWith("/delta", StringComparison.Ordinal));

        Assert.DoesNotContain(missing, path => path != "/choices");
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_example_is_read_and_says_no_more_than_its_texts(string endpoint, bool isStream)
    {
        var (events, _) = Read(endpoint, isStream);

        Assert.Null(Said(endpoint, isStream, events, out var said));
        Assert.DoesNotContain("completions_tokens", said, StringComparison.Ordinal);
        Assert.DoesNotContain("chatcmpl", said, StringComparison.Ordinal);
        Assert.DoesNotContain("gpt-4o", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Whatever_stands_in_a_field_is_read_or_refused(string endpoint, bool isStream)
    {
        var (events, _) = Read(endpoint, isStream);
        List<string> missed = [];
        for (var i = 0; i < events.Count; i++)
        {
            foreach (var (path, leaf) in Leaves(events[i]))
            {
                foreach (var (value, sentence) in Values(leaf))
                {
                    var changed = events.Select(one => one.DeepClone()).ToList();
                    Put(changed[i], path, value);
                    if (Said(endpoint, isStream, changed, out var said) is null && !said.Contains(sentence, StringComparison.Ordinal))
                    {
                        missed.Add($"{path} = {value} in {events[i].ToJsonString()}");
                    }
                }
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_name_of_a_field_that_no_table_has_is_read(string endpoint, bool isStream)
    {
        var (events, _) = Read(endpoint, isStream);
        List<string> missed = [];
        for (var i = 0; i < events.Count; i++)
        {
            foreach (var path in Objects(events[i]))
            {
                foreach (var value in (JsonNode?[])[JsonValue.Create(1), null, new JsonArray(), new JsonObject { ["deep"] = 1 }])
                {
                    var changed = events.Select(one => one.DeepClone()).ToList();
                    Put(changed[i], path + "/" + Sentences[1], value);
                    if (Said(endpoint, isStream, changed, out var said) is null && !said.Contains(Sentences[1], StringComparison.Ordinal))
                    {
                        missed.Add($"{path} in {events[i].ToJsonString()}");
                    }
                }
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    private static IEnumerable<(JsonNode Value, string Sentence)> Values(JsonNode? leaf)
    {
        // A word of letters alone can be base64; sound or a picture it is then.
        var isBase64 = leaf is JsonValue one && one.TryGetValue<string>(out var data) && data is "AAEC" or "AACAPw==";
        foreach (var sentence in Sentences.Where(sentence => !isBase64 || !sentence.All(char.IsAsciiLetter)))
        {
            yield return (JsonValue.Create(sentence), sentence);
            yield return (new JsonObject { ["a"] = new JsonArray(sentence) }, sentence);
        }

        var digits = new string('7', 40);
        yield return (JsonNode.Parse(digits)!, digits);
        if (isBase64)
        {
            yield return (JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(Sentences[0] + "!"))), Sentences[0]);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>Null, or why it is not released.</returns>
    private static Fault? Said(string endpoint, bool isStream, List<JsonNode> events, out string said)
    {
        said = "";
        if (!isStream)
        {
            var outcome = Formats[endpoint].ReadAnswer(Reading.Utf8(events[0].ToJsonString()));
            if (outcome is AnswerOutcome.Unreadable(var unreadable))
            {
                return unreadable;
            }

            var answer = (AnswerOutcome.Readable)outcome;
            said = string.Join('\n', answer.Parts.Where(part => part.Kind == PartKind.Text).Select(part => part.Bytes.Text())
                .Concat(answer.ToolCalls.Select(call => call.Name + "\n" + call.Arguments.Text())));
            return null;
        }

        var done = endpoint is "/v1/messages" or "/v1/responses" ? "" : "data: [DONE]\n\n";
        var stream = StreamReading.Of(string.Concat(events.Select(one => $"data: {one.ToJsonString()}\n\n")) + done, Formats[endpoint]);
        said = string.Join('\n', stream.Deltas.Where(delta => delta.Kind == StreamDeltaKind.Text).Select(delta => delta.Text.Text())
            .Concat(stream.ToolCalls.Select(call => call.Name + "\n" + call.Arguments.Text())));
        return stream.Fault;
    }

    private static (List<JsonNode> Events, List<string> Rows) Read(string endpoint, bool isStream)
    {
        var section = Section().Matches(Page).Single(m => m.Groups[1].Value == endpoint && m.Groups[2].Length > 0 == isStream);
        var json = section.Groups[3].Value.Trim();
        return (
            isStream ? [.. json.Split('\n').Select(line => JsonNode.Parse(line)!)] : [JsonNode.Parse(json)!],
            [.. Field().Matches(section.Groups[4].Value).Select(m => m.Groups[1].Value)]);
    }

    private static IEnumerable<(string Path, JsonNode? Leaf)> Leaves(JsonNode? node) => Leaves(node, "");

    private static IEnumerable<(string Path, JsonNode? Leaf)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject { Count: > 0 } thing => thing.SelectMany(field => Leaves(field.Value, $"{path}/{field.Key}")),
        JsonArray { Count: > 0 } list => list.SelectMany((item, i) => Leaves(item, $"{path}/{i}")),
        _ => [(path, node)],
    };

    private static IEnumerable<string> Objects(JsonNode? node, string path = "") => node switch
    {
        JsonObject thing => thing.SelectMany(field => Objects(field.Value, $"{path}/{field.Key}")).Prepend(path),
        JsonArray list => list.SelectMany((item, i) => Objects(item, $"{path}/{i}")),
        _ => [],
    };

    private static void Put(JsonNode root, string path, JsonNode? value)
    {
        var steps = path.Split('/')[1..];
        var at = root;
        foreach (var step in steps[..^1])
        {
            at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        if (at is JsonArray items)
        {
            items[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = value?.DeepClone();
        }
        else
        {
            at[steps[^1]] = value?.DeepClone();
        }
    }

    private static bool Matches(string row, string path) =>
        Regex.IsMatch(path, "^" + Regex.Escape(row).Replace("\\*", "[^/]+", StringComparison.Ordinal) + "$");

    [GeneratedRegex(
        "^## `([^`]+)`(, streamed)?\\n\\n```json\\n(.*?)```\\n(.*?)(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("`(/[^`]+)`")]
    private static partial Regex Field();
}
