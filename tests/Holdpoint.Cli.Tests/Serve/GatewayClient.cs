using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Holdpoint.Cli.Tests.Serve;

/// <summary>Shortcuts for tests that talk to a <see cref="GatewayProcess"/>.</summary>
internal static class GatewayClient
{
    public static HttpRequestMessage Ask(GatewayProcess gateway, string model = "echo", string content = "hello", bool stream = false)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["stream"] = stream,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content }),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", GatewayProcess.Key);
        return request;
    }

    public static async Task<JsonNode> StatusAsync(this HttpClient http, GatewayProcess gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/holdpoint/status"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", GatewayProcess.OperatorKey);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Asks for the status until it is as expected: what the gateway does by itself shows there and nowhere else.</summary>
    public static async Task<JsonNode> StatusWhenAsync(this HttpClient http, GatewayProcess gateway, Func<JsonNode, bool> isExpected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var status = await http.StatusAsync(gateway);
            if (isExpected(status))
            {
                return status;
            }
        }
    }
}
