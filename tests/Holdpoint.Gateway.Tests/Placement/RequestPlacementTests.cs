using System.Collections.Concurrent;
using System.Net;

namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>
/// The matrix: one phrase of the agreement in every place of a request where content can be, in every format and in every form that
/// people try. Each call is refused, and the record's coverage names the place.
/// </summary>
public sealed class RequestPlacementTests
{
    // As many at once as make use of group commit.
    private const int AtOnce = 8;

    [Fact]
    public async Task The_phrase_is_refused_in_every_place_and_every_form_and_the_coverage_names_the_place()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        var missed = new ConcurrentBag<string>();

        await ForEachAsync(Place.All.SelectMany(place => PlacedForm.All.Select(form => (place, form))), async pair =>
        {
            var (place, form) = pair;
            var answer = await gateway.PostAsync(place.Endpoint, place.Body.Replace("§", form.Json, StringComparison.Ordinal));
            if (answer.Status != HttpStatusCode.Forbidden || !answer.Text.Contains("\"offensive-cyber\"", StringComparison.Ordinal))
            {
                missed.Add($"{place} as {form.Name}: {(int)answer.Status} {answer.Text}");
            }
            else if (!(await gateway.FoundAsync(answer.Record)).Contains(place.Path))
            {
                missed.Add($"{place} as {form.Name}: not named, but {string.Join(", ", await gateway.FoundAsync(answer.Record))}");
            }
        });

        Assert.Empty(missed);
    }

    [Fact]
    public async Task The_same_places_are_permitted_without_the_phrase()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        var refused = new ConcurrentBag<string>();

        await ForEachAsync(Place.All, async place =>
        {
            var answer = await gateway.PostAsync(place.Endpoint, place.Body.Replace("§", "please", StringComparison.Ordinal));
            if (answer.Status != HttpStatusCode.OK)
            {
                refused.Add($"{place}: {(int)answer.Status} {answer.Text}");
            }
        });

        Assert.Empty(refused);
    }

    public static TheoryData<string, string> Definitions() => new()
    {
        { "/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"a"}],"tool_choice":"none","tools":["""
            + """{"type":"function","function":{"name":"f","description":"§","parameters":{"properties":{"p":{"description":"§"}}}}}]}""" },
        { "/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"a"}],"function_call":"none","functions":["""
            + """{"name":"f","description":"§"}]}""" },
        { "/v1/responses", """{"model":"echo","input":"a","tool_choice":"none","tools":["""
            + """{"type":"function","name":"f","description":"§","parameters":{"properties":{"p":{"description":"§"}}}}]}""" },
        { "/v1/responses", """{"model":"echo","stream":true,"input":"a","tool_choice":"none","tools":["""
            + """{"type":"custom","name":"f","description":"§"},"""
            + """{"type":"namespace","name":"n","description":"§","tools":[{"type":"function","name":"g","description":"§"}]}]}""" },
        { "/v1/messages", """{"model":"echo","max_tokens":9,"messages":["""
            + """{"role":"user","content":"a"}],"tool_choice":{"type":"none"},"tools":["""
            + """{"name":"f","description":"§","input_schema":{"type":"object","properties":{"p":{"description":"§"}}}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task A_definition_that_nobody_registered_triggers_it(string endpoint, string body)
    {
        await using var gateway = await PlacementGateway.StartAsync();

        foreach (var form in PlacedForm.All)
        {
            var answer = await gateway.PostAsync(endpoint, body.Replace("§", form.Json, StringComparison.Ordinal));

            Assert.True(answer.Status == HttpStatusCode.Forbidden, form.Name + answer.Text);
            Assert.Contains("offensive-cyber", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/v1/images/generations", """{"prompt":"§"}""", 404, "unknown_path")]
    [InlineData("/v1/responses/compact", """{"model":"echo","input":"§"}""", 404, "unknown_path")]
    [InlineData("/v1/chat/completions", """{"model":"echo","messages":[],"new_field":"§"}""", 400, "unknown_field")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","new_field":"§"}""", 400, "unknown_field")]
    [InlineData("/v1/completions", """{"model":"echo","prompt":"a","new_field":"§"}""", 400, "unknown_field")]
    [InlineData("/v1/embeddings", """{"model":"echo","input":"a","new_field":"§"}""", 400, "unknown_field")]
    [InlineData("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[],"new_field":"§"}""", 400, "unknown_field")]
    [InlineData("/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":["""
        + """{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}""", 400, "content_not_in_body")]
    [InlineData(
        "/v1/responses",
        """{"model":"echo","input":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.org/a.png"}]}]}""",
        400,
        "content_not_in_body")]
    [InlineData("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":["""
        + """{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}]}]}""", 400, "content_not_in_body")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","conversation":"conv_1"}""", 400, "content_not_in_body")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","previous_response_id":"resp_1"}""", 400, "content_not_in_body")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","prompt":{"id":"pmpt_1"}}""", 400, "content_not_in_body")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","store":true}""", 400, "stored_state")]
    [InlineData("/v1/embeddings", """{"model":"echo","input":[1,2]}""", 400, "unsupported_content")]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"echo","messages":[{"role":"user","content":"a"}],"tools":[{"type":"web_search"}]}""", 403, "forbidden")]
    [InlineData("/v1/responses", """{"model":"echo","input":"a","tools":[{"type":"web_search"}]}""", 403, "forbidden")]
    [InlineData(
        "/v1/responses", """{"model":"echo","input":"a","tools":[{"type":"mcp","server_label":"l","server_url":"https://example.org"}]}""",
        403, "forbidden")]
    [InlineData(
        "/v1/responses", """{"model":"echo","input":[{"type":"additional_tools","role":"developer","tools":[{"type":"shell"}]}]}""",
        403, "forbidden")]
    [InlineData("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"a"}],"tools":["""
        + """{"type":"web_search_20250305","name":"web_search"}]}""", 403, "forbidden")]
    public async Task What_cannot_be_read_or_would_be_run_elsewhere_is_refused(string endpoint, string body, int status, string cause)
    {
        await using var gateway = await PlacementGateway.StartAsync();

        var answer = await gateway.PostAsync(endpoint, body);

        Assert.True((int)answer.Status == status, answer.Text);
        Assert.Equal((cause, "refuse"), ((await gateway.Gateway.RecordAsync(answer.Record))["cause"]!.ToString(), answer.Verdict));
    }

    private static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, Task> act) =>
        Parallel.ForEachAsync(
            all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (one, _) => await act(one));
}
