using System.Net;
using System.Text.Json.Nodes;

namespace Holdpoint.Cli.Demo;

/// <summary>The acts in which people decide: a call and a tool call wait, a second process signs, the gateway releases.</summary>
internal sealed partial class DemoStory
{
    private const string SearchClause = """
        @title("Searches are seen first")
        @text("A search of the unit's library waits until a reviewer has seen what is looked for.")
        @basis("terms")
        @hold("reviewer:1")
        forbid (
          principal,
          action == Holdpoint::Action::"act",
          resource == Holdpoint::Tool::"search_library"
        );

        """;

    private const string Visits =
        """{"model":"echo","messages":[{"role":"user","content":"Summarise last week's visits to the clinic."}]}""";

    private const string Search =
        """{"model":"echo","messages":[{"role":"user","content":"dune erosion"}],"tools":[{"type":"function","function":"""
        + """{"name":"search_library","description":"Find documents in the unit's own library.","parameters":"""
        + """{"type":"object","properties":{"query":{"type":"string","description":"words to look for"}},"required":"""
        + """["query"],"additionalProperties":false}}}]}""";

    private async Task PeopleAsync(CancellationToken cancellationToken)
    {
        Heading("Act 6: a call waits for a person");
        (string, string) claims = ("Holdpoint-Claims", """{"classes":["health"],"consent":"none"}""");
        var held = await SendAsync(Visits, [claims], HttpStatusCode.Forbidden, "hold_", "act6", cancellationToken);
        var hold = JsonNode.Parse(held)!["error"]!["holdpoint"]!["hold"]!["id"]!.GetValue<string>();
        await ApproveAsync(hold, cancellationToken);
        Say("\nThe same request again, under the hold: decided anew with the seat filled, and released once.");
        await SendAsync(Visits, [claims, ("Holdpoint-Hold", hold)], HttpStatusCode.OK, "permit", "act6", cancellationToken);
        await SendAsync(Visits, [claims, ("Holdpoint-Hold", hold)], HttpStatusCode.Forbidden, "hold_used", "act6again", cancellationToken);

        Heading("Act 7: the model wants to use a tool, and that waits for a person");
        Say("The client keeps its connection: Holdpoint-Wait. The model has answered already; its answer is kept, "
            + "encrypted, until a person has decided.");
        var waiting = SendAsync(Search, [("Holdpoint-Wait", "120")], HttpStatusCode.OK, "search_library", "act7", cancellationToken);
        await ApproveAsync(await NextHoldAsync(waiting, cancellationToken), cancellationToken);
        Say("\nThe first terminal gets that very answer; no model was called again:");
        await waiting;
    }

    private Task<string> ApproveAsync(string hold, CancellationToken cancellationToken)
    {
        Say("\nIn a second terminal, a reviewer:");
        return RunAsync(
            cancellationToken, "approve", "--url", _gateway!.Address.ToString().TrimEnd('/'),
            "--hold", hold, "--key", "reviewer.key", "--api-key-env", "REVIEWER");
    }

    /// <summary>The reviewer's list, as soon as it is not empty.</summary>
    private async Task<string> NextHoldAsync(Task waiting, CancellationToken cancellationToken)
    {
        while (!waiting.IsCompleted)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway!.Address, "holdpoint/holds"));
            request.Headers.Add("Authorization", "Bearer " + _reviewerKey);
            using var response = await _http.SendAsync(request, cancellationToken);
            var holds = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["holds"]!.AsArray();
            if (holds.Count > 0)
            {
                return holds[0]!["id"]!.GetValue<string>();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        await waiting;
        throw new StoryBrokenException("the tool call did not wait.");
    }
}
