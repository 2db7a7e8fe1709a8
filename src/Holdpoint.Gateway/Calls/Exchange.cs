using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The door of one request of an identified client: its connection, its client, and the configuration that it is handled under from when
/// its body is there to its end. Everything behind the door is a value. Belongs to one request; not thread-safe.
/// </summary>
internal sealed class Exchange(
    HttpContext http, ActiveConfigurations configurations, ActiveConfiguration active, Surface surface, Client client, ContentBudget budget,
    ClientLoad load)
    : IReliance, IDisposable
{
    /// <summary>The largest body that is read without a turn. 16 KiB: it takes a fraction of a millisecond.</summary>
    private const int WithoutTurnBytes = 16 * 1024;

    private ContentShare? _content;
    private long _decoded;
    private bool _isUnknown;
    private bool _hasTurn;
    private ActiveConfiguration? _upheldBy;

    public HttpContext Http => http;

    /// <summary>What the client takes of what all share.</summary>
    public ClientLoad Load => load;

    /// <summary>The configuration that it is handled under: the one that was current when its body had arrived.</summary>
    public ActiveConfiguration Active { get; private set; } = active;

    public Surface Surface => surface;

    /// <summary>The client, as that configuration knows the key.</summary>
    public Client Client { get; private set; } = client;

    /// <summary>The format that the client speaks here, in whose shape it is told of errors.</summary>
    public WireFormat Wire { get; private set; } = active.FormatFor(surface, http.Request.Headers);

    /// <summary>The memory for decoded content of the request and of its answer.</summary>
    public ContentBuffer Buffer { get; } = new();

    /// <summary>The digest of the request's body; null until it was read.</summary>
    public Hash? BodyDigest { get; private set; }

    /// <summary>What was read of a call to a model; null until it was.</summary>
    public ReadRequest? Read { get; set; }

    /// <summary>
    /// The facts established last about a call to a model, for the provider that answered it where one did; null until they were. A call
    /// that comes again goes on from there.
    /// </summary>
    public Established? Established { get; set; }

    /// <summary>What people approved of the call; null while it is made under no approved hold.</summary>
    public HoldRelease? Release
    {
        get;
        set
        {
            field = value;
            _upheldBy = null;
        }
    }

    /// <summary>Whether it relies on the very bundle that it is handled under, as an approval does.</summary>
    public bool ReliesOnBundle { get; set; }

    /// <summary>Index of the record that decided the call; null until it was decided. From then on its end is an outcome of that.</summary>
    public long? Decision { get; set; }

    /// <summary>
    /// The record of the request's end as it would be now: with what the stages have established until then, so that a refusal at any
    /// stage records that.
    /// </summary>
    public RecordDraft Known()
    {
        if (Established is { } established)
        {
            return Decision is { } decision ? established.Draft(RecordKind.Outcome, decision) : established.Opening();
        }

        return Read is { } read ? read.Request.Opening(read.Routes[0].Model)
            : BodyDigest is { } digest ? Draft(RecordKind.Call) with { Commitments = [Commitment.OfDigest("body", digest)] }
            : Draft(RecordKind.Call);
    }

    /// <summary>The fields that every record about this request shares, as far as the door knows them.</summary>
    public RecordDraft Draft(RecordKind kind) => new()
    {
        Kind = kind,
        Endpoint = surface.Endpoint,
        Deployment = Client.Deployment,
        Principal = Client.Principal,
        Relies = this,
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
    /// <param name="beyond">How far it may go beyond the memory that calls may take.</param>
    /// <returns>The body, which the caller disposes; or the fault.</returns>
    public async ValueTask<(RequestBody? Body, Fault? Fault)> ReadBodyAsync(
        int maxBytes, CancellationToken cancellationToken, long beyond = 0)
    {
        var request = http.Request;
        _content ??= NewShare(beyond);
        var (body, fault) = await RequestBody.ReadAsync(
            request.BodyReader, request.ContentLength, maxBytes, _content, Active.Limits.Body, cancellationToken);
        BodyDigest = body?.Digest;
        if (body is not null && TakeCurrent() is { } gone)
        {
            body.Dispose();
            return (null, gone);
        }

        return (body, fault);
    }

    /// <summary>
    /// Waits for the client's turn at reading, where there is much to read; <see cref="EndTurn"/> ends it, at the latest the end of the
    /// request.
    /// </summary>
    /// <param name="bytes">The length of the body.</param>
    /// <param name="cancellationToken">The client left.</param>
    public async ValueTask TakeTurnAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytes > WithoutTurnBytes && !_hasTurn)
        {
            _hasTurn = await load.Reading.TryTakeAsync(cancellationToken);
        }
    }

    /// <summary>Ends the turn, where there is one.</summary>
    public void EndTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            load.Reading.End();
        }
    }

    /// <summary>
    /// Goes over to the configuration that is current now: a body, or a turn, can be long in coming, and what was read before it counts no
    /// longer. The client is identified again.
    /// </summary>
    /// <returns>Null, or the fault: the key is no longer known, or has fewer rights.</returns>
    public Fault? TakeCurrent()
    {
        var current = configurations.Current;
        if (ReferenceEquals(current, Active))
        {
            return null;
        }

        var known = current.Bundle.Clients.Find(Client.KeyDigest);
        (Active, Wire) = (current, current.FormatFor(surface, http.Request.Headers));
        _isUnknown = known?.May(Client.Rights) != true;
        if (_isUnknown)
        {
            return known is null ? CallFaults.KeyRemoved : CallFaults.ConfigurationChanged;
        }

        Client = known!;
        return null;
    }

    /// <inheritdoc/>
    public bool StillHolds()
    {
        var latest = configurations.Latest;
        if (ReferenceEquals(latest, Active) || ReferenceEquals(latest, _upheldBy))
        {
            return !_isUnknown;
        }

        var isUpheld = !_isUnknown
            && (!ReliesOnBundle || latest.Bundle.Digest == Active.Bundle.Digest)
            && latest.Upholds(Active, Client, Read?.Request.Evidence ?? [], Release);

        // Asked once for each configuration: signatures of approvals are verified for it.
        _upheldBy = isUpheld ? latest : null;
        return isUpheld;
    }

    /// <summary>A share of the memory for content, which the caller disposes.</summary>
    /// <param name="beyond">How far it may go beyond the memory that calls may take.</param>
    public ContentShare NewShare(long beyond = 0) => new(
        budget, Active.Limits.ContentBytes + beyond, load.Content, Active.Limits.ContentBytesPerClient + beyond);

    /// <summary>
    /// Counts what reading has put into <see cref="Buffer"/> since the last time. Afterwards, because reading never waits: what is not yet
    /// counted is at most what the machine's cores are reading at this moment.
    /// </summary>
    /// <returns>False where it does not fit.</returns>
    public bool TryCountDecoded()
    {
        var more = Buffer.RentedBytes - _decoded;
        if (more == 0)
        {
            return true;
        }

        if (!(_content ??= NewShare()).TryTake(more))
        {
            return false;
        }

        _decoded += more;
        return true;
    }

    public void Dispose()
    {
        EndTurn();
        Buffer.Dispose();
        _content?.Dispose();
    }
}
