using System.Net;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Calls;

/// <summary>
/// Every endpoint has the same boundary: who is not known is told so and counted, once, and nothing of the request is recorded.
/// </summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("POST", "/v1/messages")]
    [InlineData("GET", "/v1/models")]
    [InlineData("POST", "/holdpoint/evidence")]
    [InlineData("GET", "/holdpoint/holds")]
    [InlineData("GET", "/holdpoint/holds/hold_0846966a3df89f76e9d90087ac80391a")]
    [InlineData("GET", "/holdpoint/status")]
    [InlineData("GET", "/log/record/0")]
    [InlineData("GET", "/log/tile/entries/000.p/1")]
    [InlineData("GET", "/nowhere")]
    public async Task A_stranger_is_refused_and_counted_at_every_endpoint(string method, string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        var before = await gateway.StatusAsync();

        var answer = await gateway.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}"u8.ToArray() : null, key: null);

        var after = await gateway.StatusAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.DoesNotContain("Holdpoint-Record", answer.Headers.Keys);
        Assert.Equal(before["unidentified"]!.GetValue<long>() + 1, after["unidentified"]!.GetValue<long>());
        Assert.Equal(before["records"]!.GetValue<long>(), after["records"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/log/checkpoint")]
    [InlineData("/log/vkey")]
    [InlineData("/log/receipt/0")]
    [InlineData("/log/tile/0/000.p/1")]
    public async Task What_is_public_asks_nobody_who_they_are(string path)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Get, path, null, key: null);

        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, answer.Text);
        Assert.Equal(0, (await gateway.StatusAsync())["unidentified"]!.GetValue<long>());
    }
}
