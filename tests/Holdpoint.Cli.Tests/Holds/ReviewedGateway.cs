using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Holds;

/// <summary>
/// The real executable, with three reviewers whose keys <c>keygen signer</c> made, and a clause that holds a tool for one of them.
/// </summary>
internal sealed class ReviewedGateway : IAsyncDisposable
{
    public const string Held = """{"model":"echo","messages":[{"role":"user","content":"Rank these applications."}]}""";
    public const string Claims = """{"purpose":"employment"}""";

    private readonly TempFolder _keys = new();

    private ReviewedGateway()
    {
    }

    public GatewayProcess Process { get; private set; } = null!;

    /// <summary>The model that <see cref="CallAsync"/> asks.</summary>
    public string Model { get; set; } = "echo";

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(5) };

    public static async Task<ReviewedGateway> StartAsync(
        string? upstream = null, string tools = "", string? clause = null, string settings = "")
    {
        var gateway = new ReviewedGateway();
        List<string> lines = [];
        for (var i = 0; i < 3; i++)
        {
            var keygen = await CommandRun.StartAsync(
                "keygen", "signer", "--name", $"reviewer-{i}", "--party", "agency", "--predicate", "approval/v1", "--until", "2099-12-31",
                "--person", $"p-031{i + 1}", "--out", gateway.KeyOf(i));
            Assert.True(keygen.ExitCode == 0, keygen.Errors);
            lines.Add(keygen.Output.Trim());
        }

        gateway.Process = await GatewayProcess.StartAsync(upstream, tools, clause, lines, settings);
        return gateway;
    }

    public string KeyOf(int reviewer) => _keys[$"reviewer-{reviewer}.key"];

    /// <summary>Runs a command of the control plane with the reviewers' client key.</summary>
    public Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.StartWithAsync(
        new() { ["REVIEWER"] = GatewayProcess.ReviewerKey },
        [.. arguments, "--url", Process.Address.ToString(), "--api-key-env", "REVIEWER"]);

    public Task<CommandRun> ApproveAsync(string hold, int reviewer, params string[] more) =>
        RunAsync(["approve", "--hold", hold, "--key", KeyOf(reviewer), .. more]);

    public async Task<(HttpStatusCode Status, string Text)> CallAsync(string? hold = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Process.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(Held.Replace("echo", Model, StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + GatewayProcess.Key);
        request.Headers.Add("Holdpoint-Claims", Claims);
        if (hold is not null)
        {
            request.Headers.Add("Holdpoint-Hold", hold);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<string> HeldAsync() =>
        JsonNode.Parse((await CallAsync()).Text)!["error"]!["holdpoint"]!["hold"]!["id"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Http.Dispose();
        _keys.Dispose();
    }
}
