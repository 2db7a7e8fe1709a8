using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// Tells the operator's webhook of every hold that was opened. Pending notices are stored with the hold itself:
/// a restart forgets nothing, and a notice can come twice. It is given up when the hold has ended.
/// </summary>
internal sealed partial class WebhookNotices : IAsyncDisposable
{
    /// <summary>Longest for one notice. 10 s: whoever takes longer should answer first and work afterwards.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// First wait after a failure, doubled with each further one, up to <see cref="LongestWait"/>; with jitter of half of it.
    /// </summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Func<WebhookSettings?> _webhook;
    private readonly Store _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Random _jitter = new();
    private readonly SemaphoreSlim _news = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly Task _running;

    /// <param name="webhook">Where notices go now; null while nobody is to be told.</param>
    /// <param name="store">Where what is to be told is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failed attempts are logged.</param>
    public WebhookNotices(Func<WebhookSettings?> webhook, Store store, TimeProvider time, ILogger<WebhookNotices> logger)
    {
        _webhook = webhook;
        _store = store;
        _time = time;
        _logger = logger;

        // Redirects are not followed: only the configured address is the operator's.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout,
        };
        _running = RunAsync();
    }

    /// <summary>There may be something to tell.</summary>
    public void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _news.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await (failures == 0 ? _news.WaitAsync(_stop.Token) : _news.WaitAsync(WaitAfter(failures), _stop.Token));
                failures = await TellAllAsync() ? 0 : failures + 1;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException)
            {
                failures++;
            }
        }
    }

    /// <returns>Whether nothing is left to tell.</returns>
    private async Task<bool> TellAllAsync()
    {
        var isAllTold = true;
        foreach (var hold in await _store.ReadAsync(HoldTables.ToBeTold, _stop.Token))
        {
            if (_webhook() is { } webhook && !await TellAsync(webhook, hold))
            {
                isAllTold = false;
                continue;
            }

            await _store.WriteAsync(connection => HoldTables.DeleteNotice(connection, hold.Id), CancellationToken.None);
        }

        return isAllTold;
    }

    private async Task<bool> TellAsync(WebhookSettings webhook, Hold hold)
    {
        var now = _time.GetUtcNow();
        var id = hold.Id.ToString();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookNotice(
                "hold.opened", HoldSummary.TextOf(now),
                new(
                    id, HoldWords.Of(hold.Kind), [.. hold.Needs.Select(seat => seat.ToString())],
                    HoldSummary.TextOf(hold.Expires), hold.Record)),
            WebhookJson.Default.WebhookNotice);
        try
        {
            var timestamp = now.ToUnixTimeSeconds();
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", WebhookSecret.Sign(WebhookSecret.Read(webhook.Secret), id, timestamp, body));

            // Its answer is not read: nothing in it could matter.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            LogNotTaken((int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or GatewayStartException
            || (e is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            // No connection, too slow, or the secret has gone: whichever it is, it is tried again.
            LogNotReached(e.GetType().Name);
        }

        return false;
    }

    private TimeSpan WaitAfter(int failures)
    {
        var full = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures - 1, 20)));
        return full / 2 * (1 + _jitter.NextDouble());
    }

    [LoggerMessage(EventId = 9102, Level = LogLevel.Warning, Message = "The webhook answered {Status}; the notice will be sent again")]
    private partial void LogNotTaken(int status);

    [LoggerMessage(
        EventId = 9103, Level = LogLevel.Warning, Message = "The webhook could not be reached ({Type}); the notice will be sent again")]
    private partial void LogNotReached(string type);
}

/// <summary>The body that the webhook receives (docs/reference/holds.md): no content, no names.</summary>
internal sealed record WebhookNotice(string Type, string Timestamp, WebhookHold Data);

/// <summary>The hold of a notice.</summary>
internal sealed record WebhookHold(string Hold, string Kind, IReadOnlyList<string> Needs, string Expires, long Record);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookNotice))]
internal sealed partial class WebhookJson : JsonSerializerContext;
