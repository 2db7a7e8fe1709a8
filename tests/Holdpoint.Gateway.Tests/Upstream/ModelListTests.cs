using System.Text;
using System.Text.Json;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream;

public sealed class ModelListTests
{
    [Fact]
    public async Task Named_models_are_listed_and_for_patterns_what_the_provider_lists()
    {
        await using var provider = ScriptedUpstream.Start(Script.Answer(
            200, """{"object":"list","data":[{"id":"gpt-5","object":"model"},{"id":"dall-e","object":"model"},"""
                + """{"id":"gpt-5-mini"},{"id":7},8]}"""));
        using var openai = OpenAi(provider.Url, models: ["gpt-*", "o3"]);
        var echo = new FixedUpstream("echo", Models("echo", "gpt-5-mini"), ["not-asked"]);

        Assert.Equal(
            """{"object":"list","data":[{"id":"echo","object":"model","created":0,"owned_by":"echo"},"""
            + """{"id":"gpt-5","object":"model","created":0,"owned_by":"openai"},"""
            + """{"id":"gpt-5-mini","object":"model","created":0,"owned_by":"openai"},"""
            + """{"id":"o3","object":"model","created":0,"owned_by":"openai"}]}""",
            await ReadAsync(openai, echo));
        Assert.Equal("GET /v1/models HTTP/1.1", Assert.Single(provider.Requests).RequestLine);
        Assert.Equal(0, echo.Listings);
    }

    [Fact]
    public async Task A_model_that_another_upstream_serves_first_is_that_ones()
    {
        var first = new FixedUpstream("first", Models("gpt-5"), []);
        var second = new FixedUpstream("second", Models("gpt-*"), ["gpt-5", "gpt-6"]);

        using var json = JsonDocument.Parse(await ReadAsync(first, second));
        Assert.Equal(
            ["gpt-5 first", "gpt-6 second"],
            json.RootElement.GetProperty("data").EnumerateArray().Select(m => $"{m.GetProperty("id")} {m.GetProperty("owned_by")}"));
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(401, "{}")]
    [InlineData(200, "nonsense")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"data":7}""")]
    public async Task A_provider_that_cannot_say_only_shortens_the_list(int status, string body)
    {
        await using var provider = ScriptedUpstream.Start(Script.Answer(status, body));
        using var openai = OpenAi(provider.Url, models: ["gpt-*", "o3"]);

        using var json = JsonDocument.Parse(await ReadAsync(openai));
        Assert.Equal("o3", Assert.Single(json.RootElement.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_client_in_a_loop_is_no_loop_against_the_provider()
    {
        var time = new ManualTimeProvider();
        var upstream = new FixedUpstream("x", Models("*"), ["m"]);
        using var registry = new UpstreamRegistry([upstream]);
        using var list = new ModelList(registry, time);

        await list.ReadAsync(TestContext.Current.CancellationToken);
        await list.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, upstream.Listings);

        time.Advance(TimeSpan.FromMinutes(1));
        await list.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, upstream.Listings);
    }

    private static async Task<string> ReadAsync(params ModelUpstream[] upstreams)
    {
        using var registry = new UpstreamRegistry([.. upstreams]);
        using var list = new ModelList(registry, new ManualTimeProvider());
        return Encoding.UTF8.GetString((await list.ReadAsync(TestContext.Current.CancellationToken)).Span);
    }
}
