using System.Text;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class OpenAiErrorTests
{
    private const string Refusal =
        """{"error":{"message":"No \"mass\" surveillance.","type":"holdpoint_refused","code":"clause","param":null,"holdpoint":"""
        + """{"verdict":"refuse","record":7,"bundle":"ab12","clauses":[{"id":"mass","title":"People’s data"}],"cause":"clause"}}}""";

    private static readonly WireError Refused =
        new(403, "clause", "No \"mass\" surveillance.", new ErrorDetail("refuse", 7, "ab12", [new ErrorClause("mass", "People’s data")]));

    [Fact]
    public void A_refusal_is_in_openais_shape_with_what_was_ruled() =>
        Assert.Equal(Refusal, Encoding.UTF8.GetString(Format.WriteError(Refused)));

    [Fact]
    public void In_a_stream_the_refusal_is_an_event() =>
        Assert.Equal("data: " + Refusal + "\n\n", Encoding.UTF8.GetString(Format.WriteStreamError(Refused)));

    [Fact]
    public void A_hold_says_what_it_needs() =>
        Assert.Equal(
            """{"error":{"message":"m","type":"holdpoint_held","code":"held","param":null,"holdpoint":"""
            + """{"verdict":"hold","record":0,"bundle":"b","clauses":[],"cause":"held","hold":{"needs":["reviewer#1","reviewer#2"]}}}}""",
            Encoding.UTF8.GetString(Format.WriteError(new(
                403, "held", "m", new ErrorDetail("hold", 0, "b", [], new ErrorHold(["reviewer#1", "reviewer#2"]))))));

    [Fact]
    public void A_hold_that_can_be_approved_has_an_id_and_an_end() =>
        Assert.EndsWith(
            "\"hold\":{\"id\":\"h1\",\"needs\":[],\"expires\":\"2026-03-01T12:00:00Z\"}}}}",
            Encoding.UTF8.GetString(Format.WriteError(new(403, "held", "m", new ErrorDetail(
                "hold", 0, "b", [], new ErrorHold([], "h1", new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1))))))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(401, "authentication_error")]
    [InlineData(404, "invalid_request_error")]
    [InlineData(503, "server_error")]
    public void Without_a_record_it_is_a_plain_error(int status, string type) =>
        Assert.Equal(
            $$$"""{"error":{"message":"m","type":"{{{type}}}","code":"c","param":null}}""",
            Encoding.UTF8.GetString(Format.WriteError(new(status, "c", "m"))));

    [Fact]
    public void What_a_client_put_into_a_path_cannot_leave_its_string()
    {
        var fault = Fault("{\"a\\\"\\n\\u2028\":1}");

        using var json = System.Text.Json.JsonDocument.Parse(Format.WriteError(WireError.Of(fault)));
        Assert.Equal(fault.Message, json.RootElement.GetProperty("error").GetProperty("message").GetString());
        Assert.DoesNotContain((byte)'\n', Format.WriteStreamError(WireError.Of(fault))[..^2]);
    }
}
