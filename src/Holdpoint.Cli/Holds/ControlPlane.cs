using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Log;

namespace Holdpoint.Cli.Holds;

/// <summary>
/// The control plane of a gateway, with a client key. Time and size are bounded, and redirects are not
/// followed: the key must go nowhere else.
/// </summary>
internal sealed class ControlPlane : IDisposable
{
    /// <summary>Largest answer read: a hold with the largest body and answer that are kept, escaped as JSON.</summary>
    private const int MaxAnswerBytes = 256 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _prefix;

    private ControlPlane(Uri url, string apiKey)
    {
        _prefix = url.AbsoluteUri.TrimEnd('/');
        _http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = Timeout,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
        };
    }

    public static Option<string> UrlOption() => new("--url") { Description = "The gateway, e.g. http://127.0.0.1:8080.", Required = true };

    public static Option<string> ApiKeyEnvOption() =>
        new("--api-key-env") { Description = "The environment variable with a Holdpoint "
            + "key that has the right `review`.", Required = true };

    /// <exception cref="CommandFailureException">The URL is none, or the variable is not set.</exception>
    public static ControlPlane Open(ParseResult arguments, Option<string> url, Option<string> apiKeyEnv)
    {
        if (LogSite.PrefixOf(arguments.GetRequiredValue(url)) is not { UserInfo: "", Query: "", Fragment: "" } prefix)
        {
            throw CommandFailureException.Usage("--url must be http://HOST:PORT or https://HOST, without user name, query or fragment");
        }

        var variable = arguments.GetRequiredValue(apiKeyEnv);
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } apiKey
            ? new(prefix, apiKey)
            : throw CommandFailureException.Environment($"the environment variable {variable} is not set");
    }

    /// <summary>The answer to a GET; the gateway's refusal ends the command with <see cref="ExitCode.No"/>.</summary>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_prefix + path)), cancellationToken);

    /// <summary>The answer to a POST.</summary>
    public Task<JsonNode> PostAsync(string path, byte[] json, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, new Uri(_prefix + path))
        {
            Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
        },
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using (request)
            using (var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken))
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
                var bytes = await BoundedFile.ReadAsync(body, MaxAnswerBytes, cancellationToken);
                var answer = TryParse(bytes);
                return response.StatusCode switch
                {
                    HttpStatusCode.OK or HttpStatusCode.Created when answer is not null => answer,
                    HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
                        when answer?["error"] is JsonObject error =>
                        throw new CommandFailureException(
                            ExitCode.No, $"{Visible.Text(error["code"]?.ToString())}: {Visible.Text(error["message"]?.ToString())}"),
                    HttpStatusCode.Unauthorized => throw CommandFailureException.Environment($"{_prefix} does not know this key"),
                    _ => throw CommandFailureException.Environment($"{_prefix} answers {(int)response.StatusCode}"),
                };
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CommandFailureException.Environment($"{_prefix} did not answer within {Timeout.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw CommandFailureException.Environment($"{_prefix} cannot be reached: {e.Message}");
        }
    }

    private static JsonNode? TryParse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null; // the framework's way to say it; there is no Try form
        }
    }
}
