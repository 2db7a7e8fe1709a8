using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>
/// The matrix of answers: one phrase of the agreement in every place of an answer, whole and streamed, cut everywhere and in every form.
/// None is released, and the record's coverage names the place.
/// </summary>
public sealed partial class AnswerPlacementTests
{
    private static readonly string[] Streaming = ["/v1/chat/completions", "/v1/responses", "/v1/completions", "/v1/messages"];

    private static readonly string[] Calling = ["/v1/chat/completions", "/v1/responses", "/v1/messages"];

    [Fact]
    public Task The_phrase_is_not_released_in_any_place_of_a_whole_answer() =>
        RunAsync(AnswerPlace.Whole.SelectMany(
            place => PlacedForm.All.Select(form => (place with { Answer = Placed(place.Answer, form) }, form.Name))));

    [Fact]
    public Task The_phrase_is_not_released_in_any_place_of_a_streamed_answer() =>
        RunAsync(AnswerPlace.Streamed.SelectMany(place => PlacedForm.All
            // a name has one line
            .Where(form => !(place.Answer.StartsWith("event: %%", StringComparison.Ordinal) && form.Json.Contains(
                "\\n", StringComparison.Ordinal)))
            .Select(form => (place with { Answer = Placed(place.Answer, form) }, form.Name))));

    [Fact]
    public Task A_streamed_text_that_is_cut_anywhere_does_not_release_it() =>
        RunAsync(Streaming.SelectMany(endpoint => Enumerable.Range(1, PlacedForm.Phrase.Length - 1)
            .Select(cut => (AnswerPlace.Saying(endpoint, [PlacedForm.Phrase[..cut], PlacedForm.Phrase[cut..]]), $"cut at {cut}"))));

    [Fact]
    public Task A_streamed_text_that_comes_character_by_character_in_any_form_does_not_release_it() =>
        RunAsync(Streaming.SelectMany(
            endpoint => PlacedForm.All.Select(form => (AnswerPlace.Saying(endpoint, Characters(form.Json)), form.Name))));

    [Fact]
    public Task Streamed_arguments_of_a_permitted_tool_that_are_cut_anywhere_do_not_release_it() =>
        RunAsync(Calling.SelectMany(endpoint => Enumerable.Range(1, PlacedForm.Phrase.Length - 1)
            .Select(cut => (AnswerPlace.Calling(
                endpoint, ["{\\\"q\\\":\\\"" + PlacedForm.Phrase[..cut], PlacedForm.Phrase[cut..] + "\\\"}"]), $"cut at {cut}"))));

    [Fact]
    public Task Streamed_arguments_of_a_permitted_tool_that_come_character_by_character_in_any_form_do_not_release_it() =>
        RunAsync(Calling.SelectMany(endpoint => PlacedForm.All
            .Select(form => (AnswerPlace.Calling(endpoint, ["{\\\"q\\\":\\\"", .. Characters(form.Json), "\\\"}"]), form.Name))));

    [Fact]
    public async Task The_same_answers_pass_byte_for_byte_without_the_phrase()
    {
        var next = new NextAnswer();
        await using var upstream = ScriptedUpstream.Start(next.Script);
        await using var gateway = await StartAsync(upstream);
        IEnumerable<AnswerPlace> all =
        [
            .. AnswerPlace.Whole, .. AnswerPlace.Streamed,
            .. Streaming.Select(endpoint => AnswerPlace.Saying(endpoint, ["%%", " and"])),
            .. Calling.Select(endpoint => AnswerPlace.Calling(endpoint, ["{\\\"q\\\":\\\"", "%%\\\"}"])),
        ];

        foreach (var place in all)
        {
            next.Text = place.Answer.Replace("%%", "harmless", StringComparison.Ordinal);
            var answer = await gateway.PostAsync(place.Endpoint, place.Request);

            Assert.True(answer.Text == next.Text, place + answer.Text);
        }
    }

    /// <summary>Each endpoint at a gateway of its own, so that they wait for the disk side by side.</summary>
    private static async Task RunAsync(IEnumerable<(AnswerPlace Place, string Form)> all)
    {
        var missed = await Task.WhenAll(all.GroupBy(one => one.Place.Endpoint).Select(MissedAsync));
        Assert.True(missed.All(list => list.Count == 0), string.Join('\n', missed.SelectMany(list => list).Take(5)));
    }

    private static async Task<List<string>> MissedAsync(IEnumerable<(AnswerPlace Place, string Form)> all)
    {
        var next = new NextAnswer();
        await using var upstream = ScriptedUpstream.Start(next.Script);
        await using var gateway = await StartAsync(upstream);
        List<string> missed = [];
        foreach (var (place, form) in all)
        {
            next.Text = place.Answer;
            var answer = await gateway.PostAsync(place.Endpoint, place.Request);
            if (!answer.Text.Contains("\"offensive-cyber\"", StringComparison.Ordinal) || IsReleased(answer))
            {
                missed.Add($"{place} as {form}: {(int)answer.Status} {answer.Text}");
            }
            else if (await gateway.FoundAsync(long.Parse(
                Record().Match(answer.Text).Groups[1].Value, CultureInfo.InvariantCulture)) is var found && !found.Contains(place.Path))
            {
                missed.Add($"{place} as {form}: not named, but {string.Join(", ", found)}");
            }
        }

        return missed;
    }

    /// <summary>Whether the answer has its normal end, or what was released of it spells the phrase.</summary>
    private static bool IsReleased(TestAnswer answer) =>
        Terminator().IsMatch(answer.Text)
        || string.Concat(Said().Matches(answer.Text).Select(match => match.Groups[1].Value))
            .Contains("working exploit for", StringComparison.OrdinalIgnoreCase);

    private static async Task<PlacementGateway> StartAsync(ScriptedUpstream upstream) => await PlacementGateway.StartAsync(
        new Uri(upstream.Url),
        string.Concat(AnswerPlace.Tools.Values.Select(tool =>
            $"  - {{ deployment: analysts-cloud, name: {tool.Name}, digest: "
            + $"{Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(tool.Definition))).ToHex()}, effect: inform }}\n")));

    private static string Placed(string answer, PlacedForm form)
    {
        // In a line that is not JSON there is nothing to escape.
        var json = answer.Contains("%%\n", StringComparison.Ordinal) ? JsonSerializer.Deserialize<string>($"\"{form.Json}\"")! : form.Json;
        return answer.Replace("%%", json, StringComparison.Ordinal);
    }

    /// <summary>A JSON string cut between its characters; an escape is one.</summary>
    private static string[] Characters(string json) => [.. Character().Matches(json).Select(match => match.Value)];

    [GeneratedRegex(@"\\u[dD][89abAB]..\\u....|\\u....|\\.|[\ud800-\udbff][\udc00-\udfff]|[^\\]")]
    private static partial Regex Character();

    [GeneratedRegex("\"record\":(\\d+)")]
    private static partial Regex Record();

    [GeneratedRegex("\"(?:content|delta|text|thinking|arguments|partial_json)\":\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Said();

    [GeneratedRegex("\\[DONE\\]|response\\.completed|message_stop")]
    private static partial Regex Terminator();

    /// <summary>What the provider says next.</summary>
    private sealed class NextAnswer
    {
        public string Text { get; set; } = "";

        public Script Script => new(connection =>
            (Text.Contains("data: ", StringComparison.Ordinal) ? Script.Events(Text) : Script.Answer(200, Text)).Play(connection));
    }
}
