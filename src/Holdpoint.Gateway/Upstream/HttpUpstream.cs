using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>A provider reached over HTTP/1.1.</summary>
internal sealed partial class HttpUpstream : ModelUpstream
{
    // RFC 9110 §15: the first digit of a status is one of 1 to 5.
    private const int MaxStatus = 599;

    private const string PlainText = "text/plain; charset=utf-8";

    // An error is a few hundred bytes of JSON, or a proxy's page.
    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpConnections _connections;
    private readonly UpstreamAddress _address;
    private readonly ProviderApi _api;
    private readonly ProviderKey _key;
    private readonly UpstreamTimeouts _timeouts;
    private readonly WireLimits _limits;
    private KnownUri? _last;

    /// <param name="name">The name in the configuration.</param>
    /// <param name="models">The models that it serves.</param>
    /// <param name="api">What it speaks.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="key">The provider's key, sent in the header of its API and nowhere else.</param>
    /// <param name="timeouts">Null: the defaults.</param>
    /// <param name="limits">Null: the defaults.</param>
    /// <param name="connections">Those of an earlier configuration; null: its own. Retired with this upstream.</param>
    public HttpUpstream(
        string name,
        ImmutableArray<ModelPattern> models,
        ProviderApi api,
        UpstreamAddress address,
        ProviderKey key,
        UpstreamTimeouts? timeouts = null,
        WireLimits? limits = null,
        HttpConnections? connections = null)
        : base(name, models)
    {
        _address = address;
        _api = api;
        _key = key;
        _timeouts = timeouts ?? UpstreamTimeouts.Default;
        _limits = limits ?? WireLimits.Default;
        _connections = connections ?? new HttpConnections(_timeouts.Connect);
    }

    public HttpConnections Connections => _connections;

    public override bool Speaks(ApiFamily family) => family == _api.Family;

    public override async ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, UriOf(call.Endpoint)) { Content = new ReadOnlyMemoryContent(call.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var key = _key.Text;
        AddHeaders(request, key, accept: call.Call.Stream ? "text/event-stream" : "application/json", call.Headers);

        var deadline = new Deadline(_timeouts.FirstByte, cancellationToken);
        HttpResponseMessage? response = null;
        var http = _connections.Enter();
        var isOver = true;
        try
        {
            response = await http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            deadline.Pause();
            var outcome = await JudgeAsync(response, key, deadline, cancellationToken).ConfigureAwait(false);
            if (outcome is ForwardOutcome.Answered { Answer: HttpAnswer })
            {
                // All three live as long as the answer now.
                response = null;
                deadline = null;
                isOver = false;
            }

            return outcome;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            deadline!.ThrowIfCallerLeft();
            return new ForwardOutcome.Failed(UpstreamFaults.Of(e), IsUnconnected(e) ? Delivery.Unsent : Delivery.Unknown);
        }
        finally
        {
            response?.Dispose();
            deadline?.Dispose();
            if (isOver)
            {
                _connections.Leave();
            }
        }
    }

    public override string? Key => _key.Text;

    public override bool ReadKeyAgain() => _key.ReadAgain();

    public override void Dispose() => _connections.Retire();

    /// <summary>
    /// Whether no connection came about, so that nothing was sent. A handler's own limit for connecting shows as a cancellation whose
    /// cause is a time-out; the deadline of a call has no cause.
    /// </summary>
    internal static bool IsUnconnected(Exception error) => error is
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
        }
        or OperationCanceledException { InnerException: TimeoutException };

    private void AddHeaders(HttpRequestMessage request, string key, string accept, ImmutableArray<ForwardedHeader> forwarded)
    {
        // Exactly 1.1: there, a request's body is sent completely before the answer is returned, so the caller may reuse its memory.
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation(_api.KeyHeader, _api.KeyPrefix + key);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("User-Agent", "holdpoint");
        foreach (var (name, value) in forwarded)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>
    /// The URI of an endpoint. The last one is kept: endpoints are a few constants, and parsing a URI costs as much as the rest of a
    /// request's head.
    /// </summary>
    private Uri UriOf(string endpoint)
    {
        var last = Volatile.Read(ref _last);
        if (last?.Endpoint != endpoint)
        {
            last = new KnownUri(endpoint, _address.Of(endpoint));
            Volatile.Write(ref _last, last);
        }

        return last.Uri;
    }

    private async ValueTask<ForwardOutcome> JudgeAsync(
        HttpResponseMessage response, string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var content = response.Content.Headers;
        var contentType = Single(content, "Content-Type");
        if (status is HttpStatus.Unauthorized or HttpStatus.Forbidden)
        {
            return new ForwardOutcome.Failed(
                status == HttpStatus.Forbidden ? UpstreamFaults.Forbidden : UpstreamFaults.Credentials, Delivery.No);
        }

        if (status > MaxStatus)
        {
            return new ForwardOutcome.Failed(UpstreamFaults.Invalid("a status that HTTP does not have"));
        }

        if (content.NonValidated.Contains("Content-Encoding"))
        {
            return new ForwardOutcome.Failed(
                UpstreamFaults.Invalid("a compressed body that was not asked for"), IsFinal(status) ? Delivery.Yes : Delivery.Unknown);
        }

        if (status >= HttpStatus.BadRequest)
        {
            return await PassErrorAsync(response, status, contentType, key, deadline, cancellationToken).ConfigureAwait(false);
        }

        var kind = MediaType.IsEventStream(contentType) ? AnswerKind.Stream : AnswerKind.Whole;
        if (status != HttpStatus.Ok || (kind == AnswerKind.Whole && !MediaType.IsJson(contentType)))
        {
            return new ForwardOutcome.Failed(
                UpstreamFaults.Invalid(status == HttpStatus.Ok ? "something that is neither JSON nor an event stream" : $"status {status}"),
                Delivery.Yes);
        }

        var maxBytes = kind == AnswerKind.Whole ? _limits.MaxAnswerBytes : _limits.MaxStreamBytes;
        if (content.ContentLength > maxBytes)
        {
            return new ForwardOutcome.Failed(UpstreamFaults.TooLarge);
        }

        return new ForwardOutcome.Answered(new HttpAnswer(response, deadline, _timeouts.BetweenBytes, maxBytes, _connections)
        {
            Kind = kind,
            Status = status,
            ContentType = contentType,
            Headers = PassedHeaders.Of(response.Headers),
            Length = content.ContentLength,
        });
    }

    /// <summary>Whether the provider has dealt with the call, rather than asked for it to be sent again or failed at it.</summary>
    private static bool IsFinal(int status) =>
        status is not (HttpStatus.RequestTimeout or HttpStatus.TooManyRequests) and < HttpStatus.InternalServerError;

    private async ValueTask<ForwardOutcome> PassErrorAsync(
        HttpResponseMessage response, int status, string? contentType, string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var length = response.Content.Headers.ContentLength;
        if (length > MaxErrorBytes)
        {
            return new ForwardOutcome.Failed(UpstreamFaults.TooLarge);
        }

        deadline.Set(_timeouts.BetweenBytes);
        await using var answer = new HttpAnswer(response, deadline: null, _timeouts.BetweenBytes, MaxErrorBytes)
        {
            Kind = AnswerKind.Error, Status = status, ContentType = contentType, Length = length,
        };
        using var body = await answer.ReadWholeAsync(MaxErrorBytes, deadline.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (body.Fault is { } fault)
        {
            return new ForwardOutcome.Failed(fault);
        }

        // Only 401 and 403 are known to quote keys. Should another do so, the client still does not see it, however short the key is.
        if (body.Bytes.Span.IndexOf(Encoding.ASCII.GetBytes(key)) >= 0)
        {
            return new ForwardOutcome.Failed(UpstreamFaults.QuotesKey);
        }

        return new ForwardOutcome.Answered(new MemoryAnswer([body.Bytes.ToArray()])
        {
            Kind = AnswerKind.Error,
            Status = status,
            ContentType = MediaType.IsTextual(contentType) ? contentType : PlainText,
            Headers = PassedHeaders.Of(response.Headers),
            Length = body.Bytes.Length,
        });
    }

    private static string? Single(HttpContentHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.Count == 1
            && values.ToString() is var value && PassedHeaders.IsClean(value)
            ? value
            : null;

    private sealed record KnownUri(string Endpoint, Uri Uri);
}
