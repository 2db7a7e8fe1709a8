using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicErrorTests
{
    private static readonly WireError Refused = new(
        403, "forbidden", "Refused by the agreement: No \"mass\" surveillance.",
        new ErrorDetail("refuse", 41, "9f2c", [new("mass-surveillance", "No mass domestic surveillance")]));

    [Theory]
    [InlineData("refuse")]
    [InlineData("hold")]
    public void A_refusal_and_a_hold_are_permission_errors_with_what_was_ruled(string verdict)
    {
        var hold = verdict == "hold" ? new ErrorHold(["reviewer#1"], "h-1", DateTimeOffset.UnixEpoch) : null;
        var error = JsonNode.Parse(Format.WriteError(Refused with { Detail = Refused.Detail! with { Verdict = verdict, Hold = hold } }))!;

        Assert.Equal("error", error["type"]!.GetValue<string>());
        Assert.Equal("permission_error", error["error"]!["type"]!.GetValue<string>());
        Assert.Equal(Refused.Message, error["error"]!["message"]!.GetValue<string>());
        var ruled = error["error"]!["holdpoint"]!;
        Assert.Equal((verdict, 41, "9f2c", "forbidden"), (
            ruled["verdict"]!.GetValue<string>(),
            ruled["record"]!.GetValue<int>(),
            ruled["bundle"]!.GetValue<string>(),
            ruled["cause"]!.GetValue<string>()));
        Assert.Equal("""[{"id":"mass-surveillance","title":"No mass domestic surveillance"}]""", ruled["clauses"]!.ToJsonString());
        Assert.Equal(
            verdict == "hold" ? """{"id":"h-1","needs":["reviewer#1"],"expires":"1970-01-01T00:00:00Z"}""" : null,
            ruled["hold"]?.ToJsonString());
    }

    [Theory]
    [InlineData(400, "invalid_request_error")]
    [InlineData(401, "authentication_error")]
    [InlineData(404, "not_found_error")]
    [InlineData(413, "request_too_large")]
    [InlineData(415, "invalid_request_error")]
    [InlineData(500, "api_error")]
    [InlineData(502, "api_error")]
    [InlineData(503, "overloaded_error")]
    [InlineData(504, "timeout_error")]
    public void Each_status_has_the_type_that_anthropic_gives_it(int status, string type)
    {
        var error = JsonNode.Parse(Format.WriteError(new WireError(status, "x", "m")))!;

        Assert.Equal(type, error["error"]!["type"]!.GetValue<string>());
        Assert.Null(error["error"]!["holdpoint"]);
    }

    [Fact]
    public void In_a_stream_it_is_the_error_event_and_one_event()
    {
        var text = Encoding.UTF8.GetString(Format.WriteStreamError(Refused with { Message = "two\nlines" }));

        Assert.StartsWith("event: error\ndata: {", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.TrimEnd('\n').Split('\n').Length + 1);
    }
}
