using System.Net;
using System.Net.Http.Headers;
using Holdpoint.Log.Verification;

namespace Holdpoint.Cli.Log;

/// <summary>
/// A log served over HTTP. Distrusted: time and size are bounded, redirects are not followed (an API key must go nowhere else), and what it
/// says in an error is not shown.
/// </summary>
internal sealed class LogSite : IDisposable
{
    // A file is at most 16 MiB; on a slow line of 10 Mbit/s that is 14 seconds.
    private static readonly TimeSpan TimeoutPerFile = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly string _prefix;

    public LogSite(Uri prefix, string? apiKey)
    {
        _prefix = prefix.AbsoluteUri.TrimEnd('/');
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            AutomaticDecompression = DecompressionMethods.GZip, // C2SP lets a log use it without being asked
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // ours covers the body too
        };
        if (apiKey is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }
    }

    /// <summary>The prefix that a text names, or null where it names none.</summary>
    public static Uri? PrefixOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : null;

    public async ValueTask<LogFile> ReadAsync(string name, int maxBytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeoutPerFile);
        try
        {
            using var response = await _client.GetAsync(
                new Uri($"{_prefix}/{name}"), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    await using (var body = await response.Content.ReadAsStreamAsync(limit.Token))
                    {
                        return LogFile.Found(await BoundedFile.ReadAsync(body, maxBytes, limit.Token));
                    }

                case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                    return LogFile.Forbidden;
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    return LogFile.Missing;
                default:
                    throw CommandFailureException.Environment($"{_prefix}/{name} answers {(int)response.StatusCode}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CommandFailureException.Environment($"{_prefix}/{name} did not answer within {TimeoutPerFile.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw CommandFailureException.Environment($"{_prefix}/{name} cannot be read: {e.Message}");
        }
    }

    public void Dispose() => _client.Dispose();
}
