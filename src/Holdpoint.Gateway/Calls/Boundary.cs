using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Telemetry;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The boundary of every request, whatever its endpoint: one way to identify a client, one place where what is thrown becomes a refusal,
/// and one end, where the request is recorded and its client told. Thread-safe.
/// </summary>
internal sealed partial class Boundary(
    ActiveConfigurations configurations,
    ContentBudget content,
    ClientLoads loads,
    UnidentifiedTraffic strangers,
    RecordLog records,
    TimeProvider time,
    ILogger<Boundary> logger)
{
    /// <summary>Handles a request of an identified client.</summary>
    /// <param name="http">The request.</param>
    /// <param name="surface">How the endpoint records and refuses.</param>
    /// <param name="run">The request's own work. What it throws becomes a refusal.</param>
    public async Task HandleAsync(HttpContext http, Surface surface, Func<Exchange, CancellationToken, ValueTask<Ending>> run)
    {
        var active = configurations.Current;

        // An unknown caller gets a 401; the request is neither forwarded nor recorded.
        if (active.Bundle.Clients.Identify(http.Request.Headers) is not { } client)
        {
            strangers.Count();
            await Reply.UnauthorizedAsync(http, surface, active.FormatFor(surface, http.Request.Headers));
            return;
        }

        var load = loads.Of(client);
        using var exchange = new Exchange(http, configurations, active, surface, client, content, load);
        if (load.TakeRequest(active.Limits, time.GetUtcNow()) is { } over)
        {
            await Reply.RefuseAsync(exchange, WireError.Of(over), over.RetryAfter);
            return;
        }

        var gone = http.RequestAborted;
        Ending ending;
        try
        {
            ending = await run(exchange, gone);
        }
        catch (Exception e)
        {
            ending = FaultOf(e, surface, gone.IsCancellationRequested);
        }

        await EndAsync(exchange, ending);
    }

    /// <summary>Handles a request for what is public.</summary>
    /// <param name="http">The request.</param>
    /// <param name="surface">How the endpoint refuses; it is not recorded.</param>
    /// <param name="run">The request's own work. Returns null after answering, or the fault to tell.</param>
    public async Task HandlePublicAsync(HttpContext http, Surface surface, Func<HttpContext, CancellationToken, Task<Fault?>> run)
    {
        Fault? fault;
        try
        {
            fault = await run(http, http.RequestAborted);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            fault = FaultOf(e, surface, http.RequestAborted.IsCancellationRequested);
        }

        if (fault is not null && !http.RequestAborted.IsCancellationRequested)
        {
            Reply.SetRetryAfter(http, fault.RetryAfter);
            await Reply.ErrorAsync(http, WireError.Of(fault), surface, configurations.Current.Formats[0]);
        }
    }

    /// <summary>Whatever was thrown in a request ends as a fault.</summary>
    private Fault FaultOf(Exception e, Surface surface, bool clientIsGone)
    {
        if (!clientIsGone && e is not (RecordUnavailableException or StoreUnavailableException or BadHttpRequestException))
        {
            // Its type and place, not its message: a message can quote what was being read. The store tells its own failures.
            LogStageFailed(surface.Endpoint ?? "an endpoint without records", e.GetType().Name, e.StackTrace);
        }

        return !surface.IsRecorded && e is StoreUnavailableException ? CallFaults.StoreUnreadable : CallFaults.From(e, clientIsGone);
    }

    /// <summary>
    /// The one end of every request: what is still to be recorded is recorded, and a client that has no answer yet is told.
    /// </summary>
    private Task EndAsync(Exchange exchange, Ending ending)
    {
        var bundle = exchange.Active.Bundle.Agreement.Bundle;
        switch (ending)
        {
            case Ending.Sent:
                return Task.CompletedTask;
            case Ending.Answered answered:
                Settle(exchange.Known() with { Status = answered.Status, Coverage = answered.Coverage });
                return Task.CompletedTask;
            case Ending.Replied reply:
                return Reply.OwnAsync(exchange, reply);
            case Ending.Held held:
                return Reply.RefuseAsync(exchange, Ending.ErrorOf(held, bundle));
            case Ending.Refused refused:
                var error = Ending.ErrorOf(refused, bundle);
                RequestCause.Tell(exchange.Http, error.Cause);
                return Reply.RefuseAsync(exchange, error);
            case Ending.Faulted(var fault):
                RequestCause.Tell(exchange.Http, fault.Cause);
                return EndAsync(exchange, fault);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task EndAsync(Exchange exchange, Fault fault)
    {
        // When nothing can be recorded, nothing is answered but this; the client's SDK tries again.
        if (!exchange.Surface.IsRecorded || fault.Cause == CallFaults.RecordUnavailable)
        {
            await Reply.RefuseAsync(exchange, WireError.Of(fault), fault.RetryAfter);
            return;
        }

        // What is wrong with a request that was not decided is told and recorded as often as people make mistakes, and not as often as
        // somebody can send them.
        if (exchange.Decision is null && exchange.Load.TakeFault(exchange.Active.Limits, time.GetUtcNow()) is { } over)
        {
            await Reply.RefuseAsync(exchange, WireError.Of(over), over.RetryAfter);
            return;
        }

        try
        {
            var record = await RecordAsync(exchange, fault);
            var detail = new ErrorDetail("refuse", record, exchange.Active.Bundle.Agreement.Bundle.ToString(), []);
            await Reply.RefuseAsync(exchange, WireError.Of(fault, detail), fault.RetryAfter);
        }
        catch (RecordUnavailableException e)
        {
            LogNotRecorded(fault.Cause);
            var unrecorded = CallFaults.From(e, clientIsGone: false);
            await Reply.RefuseAsync(exchange, WireError.Of(unrecorded), unrecorded.RetryAfter);
        }
    }

    /// <summary>
    /// A fault before the decision is the request's own record; one after it is how the call ended, with what of its answer was screened.
    /// </summary>
    private async Task<long> RecordAsync(Exchange exchange, Fault fault)
    {
        var draft = exchange.Known() with
        {
            Verdict = RecordedVerdict.Refuse,
            Cause = fault.Cause,
            Status = fault.Status,
            Bundle = exchange.Active.Bundle.Digest,
        };
        if (draft.Kind != RecordKind.Outcome)
        {
            return await records.AppendAsync(draft);
        }

        try
        {
            return await records.AppendAsync(draft with { Coverage = exchange.Screened?.Invoke() });
        }
        catch (RecordUnavailableException e) when (e.Fault == RecordFault.TooLarge)
        {
            // An answer of more parts than a list can name: its outcome is recorded without the list, as when it is settled.
            return await records.AppendAsync(draft);
        }
    }

    private void Settle(RecordDraft outcome)
    {
        try
        {
            if (records.TryAppend(outcome))
            {
                return;
            }
        }
        catch (RecordUnavailableException e) when (e.Fault == RecordFault.TooLarge)
        {
            // An answer of more parts than a list can name has left, part by part screened: its outcome is recorded without the list.
            if (records.TryAppend(outcome with { Coverage = null }))
            {
                return;
            }
        }

        LogOutcomeNotRecorded();
    }

    [LoggerMessage(
        EventId = 8001, Level = LogLevel.Error,
        Message = "A stage of a request to {Endpoint} failed with {Type}; the request was refused\n{Stack}")]
    private partial void LogStageFailed(string endpoint, string type, string? stack);

    [LoggerMessage(
        EventId = 8002, Level = LogLevel.Error,
        Message = "A refusal ({Cause}) could not be recorded; the client was told to try again later")]
    private partial void LogNotRecorded(string cause);

    [LoggerMessage(EventId = 8003, Level = LogLevel.Warning, Message = "The outcome of a call could not be recorded")]
    private partial void LogOutcomeNotRecorded();
}
