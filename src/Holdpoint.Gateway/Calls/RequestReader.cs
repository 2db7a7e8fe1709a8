using System.Collections.Immutable;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// Stage 2: reads the request of one exchange, once: a call that comes again under the hold that people approved while it waited has been
/// read. Owns the body's memory. Belongs to one exchange; not thread-safe.
/// </summary>
internal sealed class RequestReader(Exchange exchange, TimeProvider time) : IDisposable
{
    private RequestBody? _body;

    /// <summary>Reads the request; what was not read is not sent.</summary>
    /// <returns>The request and where it can go; or the fault.</returns>
    public async ValueTask<(ReadRequest? Read, Fault? Fault)> ReadAsync(CancellationToken cancellationToken)
    {
        if (exchange.Read is { } known)
        {
            return (known, null);
        }

        var (own, forwarded, headFault) = ReadHead();
        if (headFault is not null)
        {
            return (null, headFault);
        }

        var waitsUntil = own.Wait is { } wait ? time.GetUtcNow() + wait : default(DateTimeOffset?);
        var before = exchange.Active;
        (_body, var bodyFault) = await exchange.ReadBodyAsync(before.Limits.BodyBytes, cancellationToken);
        if (_body is null)
        {
            return (null, bodyFault);
        }

        var (active, wire) = (exchange.Active, exchange.Wire);
        if (!ReferenceEquals(active, before))
        {
            // It arrived under another configuration than its head: that one's limits and formats are the call's.
            (own, forwarded, headFault) = ReadHead();
            if (headFault is not null || _body.Bytes.Length > active.Limits.BodyBytes)
            {
                return (null, headFault ?? WireFaults.BodyTooLarge(active.Limits.BodyBytes));
            }
        }

        await exchange.TakeTurnAsync(_body.Bytes.Length, cancellationToken);
        var outcome = wire.Read(_body.Bytes, exchange.Buffer);
        if (outcome is ReadOutcome.Unreadable(var unreadable))
        {
            return (null, unreadable);
        }

        if (!exchange.TryCountDecoded())
        {
            return (null, BudgetFaults.RequestDoesNotFit);
        }

        var call = ((ReadOutcome.Readable)outcome).Call;
        var routes = active.Routes.Find(call.Model, wire.Family);
        if (routes.IsEmpty)
        {
            return (null, active.Routes.Knows(call.Model) ? CallFaults.ModelOfOtherFormat : CallFaults.UnknownModel);
        }

        var request = new Request
        {
            Client = exchange.Client,
            Endpoint = wire.Endpoint,
            Body = _body.Bytes,
            BodyDigest = _body.Digest,
            Call = call,
            Claims = own.Claims,
            Evidence = own.Evidence,
            Forwarded = forwarded,
            Relies = exchange,
        };
        return (exchange.Read = new(request, routes, own.Hold, waitsUntil), null);
    }

    public void Dispose() => _body?.Dispose();

    private (RequestHeaders Own, ImmutableArray<ForwardedHeader> Forwarded, Fault? Fault) ReadHead()
    {
        var (http, wire) = (exchange.Http.Request, exchange.Wire);
        var own = RequestHeaders.Read(http.Headers, exchange.Active.Limits.EvidencePerCall, out var fault);
        fault ??= wire.CheckContentType(http.ContentType, http.Headers.ContentEncoding);
        if (fault is not null)
        {
            return (own, [], fault);
        }

        fault = wire.ReadHeaders(name => http.Headers[name], out var forwarded);
        return (own, forwarded, fault);
    }
}

/// <summary>A request, and what the client said of how it is to be handled. Immutable.</summary>
/// <param name="Request">The request.</param>
/// <param name="Routes">Where it can go, in the order in which routes are tried; at least one.</param>
/// <param name="Hold">The hold that the client names; null when it names none.</param>
/// <param name="WaitsUntil">When the client stops waiting for approval; null when it does not wait.</param>
internal sealed record ReadRequest(Request Request, ImmutableArray<Route> Routes, HoldId? Hold, DateTimeOffset? WaitsUntil);
