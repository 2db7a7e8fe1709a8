using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The door of one request of an identified client: its connection, its client, and the configuration that it is handled under from its
/// first stage to its last. Everything behind the door is a value. Belongs to one request; not thread-safe.
/// </summary>
internal sealed class Exchange(HttpContext http, ActiveConfiguration active, Surface surface, Client client) : IDisposable
{
    public HttpContext Http => http;

    public ActiveConfiguration Active => active;

    public Surface Surface => surface;

    public Client Client => client;

    /// <summary>The format that the client speaks here, in whose shape it is told of errors.</summary>
    public WireFormat Wire { get; } = active.FormatFor(surface, http.Request.Headers);

    /// <summary>The memory for decoded content of the request and of its answer.</summary>
    public ContentBuffer Buffer { get; } = new();

    /// <summary>
    /// The record of the request's end as it would be now. Each stage that completes advances it, so that a refusal at any stage records
    /// what had been established until then.
    /// </summary>
    public RecordDraft Known
    {
        get => field ??= Draft(RecordKind.Call);
        set;
    }

    /// <summary>The fields that every record about this request shares, as far as the door knows them.</summary>
    public RecordDraft Draft(RecordKind kind) => new()
    {
        Kind = kind,
        Endpoint = surface.Endpoint,
        Deployment = client.Deployment,
        Principal = client.Principal,
    };

    /// <summary>
    /// The coverage of the answer; null until there is an answer. For the record of an answer that is cut off midway.
    /// </summary>
    public Func<Coverage?>? Screened { get; set; }

    /// <summary>The bytes of a streamed answer that were sent: an answer that is replayed after waiting continues behind them.</summary>
    public long SentBytes { get; set; }

    /// <summary>Reads the request's body whole.</summary>
    /// <param name="maxBytes">The largest body that is read.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <returns>The body, which the caller disposes; or the fault.</returns>
    public async ValueTask<(RequestBody? Body, Fault? Fault)> ReadBodyAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var request = http.Request;
        var body = await RequestBody.ReadAsync(
            request.BodyReader, request.ContentLength, maxBytes, active.Limits.Body, cancellationToken);
        if (body is null)
        {
            return (null, WireFaults.BodyTooLarge(maxBytes));
        }

        Known = Known with { Commitments = [Commitment.OfDigest("body", body.Digest)] };
        return (body, null);
    }

    public void Dispose() => Buffer.Dispose();
}
