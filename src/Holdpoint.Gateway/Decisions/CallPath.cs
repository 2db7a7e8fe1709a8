using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Telemetry;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// The way of a call (design §3): nine stages, top to bottom, the same for every wire format. A stage that fails, times out or is cancelled
/// ends in <see cref="RefuseAsync"/>; nothing else turns an error into an answer. Thread-safe: all state of a call is in its
/// <see cref="CallInProgress"/>.
/// </summary>
internal sealed partial class CallPath(
    ActiveConfigurations configurations,
    UnidentifiedTraffic strangers,
    CallSlots slots,
    Forwarding forwarding,
    HeldCalls holds,
    RecordLog records,
    TimeProvider time,
    ILogger<CallPath> logger)
{
    /// <summary>How much of a stream is read at once. 16 KiB: a TLS record; deltas are far smaller.</summary>
    private const int StreamReadBytes = 16 * 1024;

    /// <summary>Handles a call to a model.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">The wire format's endpoint.</param>
    public Task HandleAsync(HttpContext http, string endpoint) => HandleAsync(http, endpoint, RunAsync);

    /// <summary>Handles a request for what does not exist. Its path is the client's own words, so it is not recorded.</summary>
    public Task HandleUnknownPathAsync(HttpContext http) =>
        HandleAsync(http, endpoint: null, static (_, _) => Task.FromResult<Refusal?>(Faults.UnknownPath));

    /// <summary>Handles any request of an identified client: what it comes to is recorded, and nothing that is thrown becomes an answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">The path of ours, for the record; null when the client asked for one that does not exist.</param>
    /// <param name="run">What it is about. Returns null when it answered, or why it did not.</param>
    public async Task HandleAsync(HttpContext http, string? endpoint, Func<CallInProgress, CancellationToken, Task<Refusal?>> run)
    {
        var active = configurations.Current;
        var wire = endpoint is null ? active.FormatFor(http.Request.Headers) : active.FormatOf(endpoint);

        // 1. Identify. A caller whom nobody knows gets a 401; nothing of theirs is forwarded or recorded.
        if (active.Clients.Identify(http.Request.Headers) is not { } client)
        {
            strangers.Count();
            await Reply.UnauthorizedAsync(http, wire);
            return;
        }

        using var call = new CallInProgress(http, active, wire, endpoint, client);
        try
        {
            if (await run(call, http.RequestAborted) is { } refusal)
            {
                await RefuseAsync(call, refusal);
            }
        }
        catch (Exception e)
        {
            // The boundary of one call: whatever was thrown in it ends here as a refusal.
            var clientIsGone = http.RequestAborted.IsCancellationRequested;
            if (!clientIsGone && e is not (RecordUnavailableException or StoreUnavailableException or BadHttpRequestException))
            {
                // Its type and place, not its message: a message can quote what was being read. The store tells its own failures.
                LogStageFailed(endpoint ?? "an unknown path", e.GetType().Name, e.StackTrace);
            }

            await RefuseAsync(call, Faults.From(e, clientIsGone));
        }
    }

    /// <returns>Null when the answer was the upstream's, or why it was not.</returns>
    private async Task<Refusal?> RunAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        using var slot = slots.TryTake(call, out var full);
        if (slot is null)
        {
            return full!;
        }

        // 2. Read. What was not read is not sent.
        if (await ReadAsync(call, cancellationToken) is { } unread)
        {
            return unread;
        }

        // Stages 3 to 9, once; and, for a client that waits while people decide, once more under each hold that they approve.
        while (true)
        {
            var ended = await GiveBackUnusedAsync(call, DecideAndAnswerAsync(call, cancellationToken));
            if (ended is not Refusal.ByHold held || call.WaitsUntil is null)
            {
                return ended;
            }

            if (await holds.WaitAsync(call, held, () => Reply.BeatAsync(call), cancellationToken) is { } undecided)
            {
                return undecided;
            }

            // Approved, but the configuration was reloaded meanwhile, and so may be what counts: the client comes again under the new one.
            if (!ReferenceEquals(configurations.Current, call.Active))
            {
                return held;
            }

            call.Hold = held.Hold.Id;
        }
    }

    private async Task<Refusal?> DecideAndAnswerAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        // 3. Establish the situation: claims, verified evidence, provenance of each stretch, signals; and what people have approved.
        var active = call.Active;
        (call.Decided, call.Screening) = (null, null);
        if (active.Establishing.Establish(call) is { } unestablished)
        {
            return unestablished;
        }

        if (await holds.MeetAsync(call, cancellationToken) is { } unmet)
        {
            return unmet;
        }

        // 4 to 6. Reserve exposure, decide, record.
        var established = call.Established!;
        var decided = active.Decider.Decide(call.OpeningDraft(), established.Subject, established.Situation, call.Release?.ForCall);
        if (decided.IsHeld)
        {
            return await holds.OpenAsync(call, new(HoldKind.Call, decided.Decision, decided.Draft));
        }

        if (!decided.IsPermit)
        {
            return new Refusal.ByDecision(decided.Decision, await active.Decider.RecordAsync(decided.Draft));
        }

        // A release is claimed before anything else happens under it, so that of two that race one goes on.
        if (call.Release is not null && await holds.ClaimAsync(call, decided.Draft) is { } lost)
        {
            return lost;
        }

        var recording = call.Release is null ? RecordAsync() : Task.CompletedTask;
        var gate = call.Screening = new AnswerGate(call);
        if (call.Call!.Tools.Any(tool => tool.RunByProvider))
        {
            await recording;
            if (await gate.AdmitProviderToolsAsync() is { } refusedTool)
            {
                return refusedTool is Refusal.OfAnswer(var heldTool) ? await holds.OpenAsync(call, heldTool) : refusedTool;
            }
        }

        // 7. Forward. The upstream starts while the record is being written (ADR 0080); nothing is released before it is durable.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(active.Limits.Total);
        try
        {
            return await AnswerAsync(call, recording, gate, limited, cancellationToken);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return UpstreamFaults.TimedOut;
        }

        async Task RecordAsync() => call.Decided = await active.Decider.RecordAsync(decided.Draft);
    }

    private async Task<Refusal?> AnswerAsync(
        CallInProgress call, Task recording, AnswerGate gate, CancellationTokenSource limited, CancellationToken cancellationToken)
    {
        // What people approved is the answer that was kept; no model is asked for another.
        var forwarded = call.Release?.Answer is { } kept
            ? new ForwardOutcome.Answered(kept.Replay())
            : await ForwardAsync(call, recording, limited);
        if (forwarded is ForwardOutcome.Failed failed)
        {
            return failed.Fault;
        }

        // 8. Screen the answer as it is released; every kind of answer is asked the same questions by the same gate.
        await using var answer = ((ForwardOutcome.Answered)forwarded).Answer;
        var ended = answer.Kind switch
        {
            AnswerKind.Whole => await RelayWholeAsync(call, answer, gate, cancellationToken),
            AnswerKind.Stream => await RelayStreamAsync(call, answer, gate, cancellationToken),
            AnswerKind.Error => await RelayErrorAsync(call, answer, cancellationToken),
            _ => throw new UnreachableException(),
        };

        // 9. Settle: the outcome's record. A refused answer's is written where it is refused; the approvals that brought it are used up.
        if (ended is null)
        {
            Settle(call, answer.Status, gate.Coverage());
        }
        else if (ended is Refusal.ByDecision && call.Release is { HasCalledModel: true })
        {
            await holds.UseAsync(call);
        }

        return ended;
    }

    private async Task<ForwardOutcome> ForwardAsync(CallInProgress call, Task recording, CancellationTokenSource limited)
    {
        call.Release?.HasCalledModel = true;
        var sending = forwarding.SendAsync(call, recording, limited.Token);
        try
        {
            await recording;
        }
        catch
        {
            await limited.CancelAsync();
            await DiscardAsync(sending);
            throw;
        }

        return await sending;
    }

    /// <summary>However it ends: approvals that brought nothing are given back.</summary>
    private async Task<Refusal?> GiveBackUnusedAsync(CallInProgress call, Task<Refusal?> answering)
    {
        Refusal? ended = null;
        try
        {
            ended = await answering;
            return ended;
        }
        finally
        {
            await holds.GiveBackAsync(call, ended);
        }
    }

    private async ValueTask<Refusal?> ReadAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        var request = call.Http.Request;
        if (!call.Client.May(Rights.Call))
        {
            return Faults.CallRightMissing;
        }

        var limits = call.Active.Limits;
        var headers = HoldpointHeaders.Read(request.Headers, limits.EvidencePerCall);
        if (headers.Fault is { } headerFault)
        {
            return headerFault;
        }

        (call.ClaimsHeader, call.Evidence, call.Hold) = (headers.Claims, headers.Evidence, headers.Hold);
        call.WaitsUntil = headers.Wait is { } wait ? time.GetUtcNow() + wait : null;
        if (call.Wire.CheckContentType(request.ContentType, request.Headers.ContentEncoding) is { } mediaFault)
        {
            return mediaFault;
        }

        if (call.Wire.ReadHeaders(name => request.Headers[name], out var forwarded) is { } wireHeaderFault)
        {
            return wireHeaderFault;
        }

        call.Forwarded = forwarded;

        call.Body = await RequestBody.ReadAsync(request.BodyReader, request.ContentLength, limits.BodyBytes, limits.Body, cancellationToken);
        if (call.Body is null)
        {
            return WireFaults.BodyTooLarge(limits.BodyBytes);
        }

        var read = call.Wire.Read(call.Body.Bytes, call.Buffer);
        if (read is ReadOutcome.Unreadable unreadable)
        {
            return unreadable.Fault;
        }

        call.Call = ((ReadOutcome.Readable)read).Call;
        var routes = call.Active.Routes;
        call.Routes = routes.Find(call.Call.Model, call.Wire.Family);
        if (call.Routes.IsEmpty)
        {
            return routes.Knows(call.Call.Model) ? Faults.ModelOfOtherFormat : Faults.UnknownModel;
        }

        call.Route = call.Routes[0];
        return null;
    }

    private async Task<Refusal?> RelayWholeAsync(CallInProgress call, UpstreamAnswer answer, AnswerGate gate, CancellationToken cancellationToken)
    {
        using var body = await answer.ReadWholeAsync(call.Active.Limits.AnswerBytes, cancellationToken);
        if (body.Fault is { } fault)
        {
            return fault;
        }

        if (await WholeAnswer.ScreenAsync(call, body.Bytes, gate) is { } refusal)
        {
            return refusal is not Refusal.OfAnswer(var pending) ? refusal
                : body.Bytes.Length > RecordingAnswer.MaxBytes ? HoldCauses.AnswerTooLarge
                : await holds.OpenAsync(call, pending, KeptAnswer.Of(answer, body.Bytes));
        }

        await holds.UseAsync(call);
        await Reply.WholeAsync(call, answer, body.Bytes, cancellationToken);
        return null;
    }

    private async Task<Refusal?> RelayStreamAsync(CallInProgress call, UpstreamAnswer answer, AnswerGate gate, CancellationToken cancellationToken)
    {
        using var reader = call.Wire.OpenStream(call.Call!);
        using var screened = new StreamedAnswer(gate, call.Active.Establishing.Detectors);
        using var buffer = MemoryPool<byte>.Shared.Rent(StreamReadBytes);
        var remembered = new RecordingAnswer(answer);
        var events = new List<StreamEvent>();
        var output = call.Http.Response.BodyWriter;
        var hasBegun = false;

        // What left before people were asked is behind the client; what is released now goes on there, byte for byte.
        var (passed, sent) = (0L, call.SentBytes);
        while (true)
        {
            var read = await remembered.ReadAsync(buffer.Memory, cancellationToken);
            events.Clear();
            var fault = read.Fault
                ?? (read.IsEnd ? reader.Complete(events) : reader.Read(buffer.Memory.Span[..read.Count], events));
            if (await screened.ScreenAsync(events, isEnd: read.IsEnd) is { } refusal)
            {
                return refusal is Refusal.OfAnswer(var pending) ? await KeepAsync(call, pending, remembered, cancellationToken) : refusal;
            }

            var hasMore = false;
            while (screened.TryTake(out var raw))
            {
                passed += raw.Length;
                if (passed <= sent)
                {
                    continue;
                }

                // Only now: a refusal before the first byte must find a response on which nothing of the upstream stands.
                if (!hasBegun)
                {
                    await holds.UseAsync(call);
                    Reply.Begin(call, answer);
                    hasBegun = true;
                }

                output.Write(raw.Span);
                call.SentBytes = passed;
                hasMore = true;
            }

            if (hasMore)
            {
                await output.FlushAsync(cancellationToken);
            }

            if (fault is null && read.IsEnd && !hasBegun)
            {
                await holds.UseAsync(call);
                Reply.Begin(call, answer);
            }

            if (fault is not null || read.IsEnd)
            {
                return fault is null ? null : new Refusal.ByFault(fault);
            }
        }
    }

    /// <summary>Reads what is left of an answer that needs people, and keeps all of it for them.</summary>
    private async Task<Refusal> KeepAsync(CallInProgress call, PendingHold pending, RecordingAnswer answer, CancellationToken cancellationToken)
    {
        var (body, fault) = await answer.KeepAsync(cancellationToken);
        return body is { } whole ? await holds.OpenAsync(call, pending, KeptAnswer.Of(answer, whole)) : fault ?? HoldCauses.AnswerTooLarge;
    }

    /// <summary>An upstream's own error goes back unchanged: the client's SDK knows what to do with it.</summary>
    private static async Task<Refusal?> RelayErrorAsync(CallInProgress call, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        using var body = await answer.ReadWholeAsync(call.Active.Limits.AnswerBytes, cancellationToken);
        if (body.Fault is { } fault)
        {
            return fault;
        }

        await Reply.WholeAsync(call, answer, body.Bytes, cancellationToken);
        return null;
    }

    private void Settle(CallInProgress call, int status, Coverage? coverage)
    {
        var outcome = call.Draft(RecordKind.Outcome) with { Status = status, Coverage = coverage };
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

    /// <summary>Ends the call without the upstream's answer: records why, unless a decision already did, and says so in the client's own shape.</summary>
    private async Task RefuseAsync(CallInProgress call, Refusal refusal)
    {
        var (bundle, decider) = (call.Active.Agreement.Bundle, call.Active.Decider);
        if (refusal is Refusal.ByHold held)
        {
            await Reply.RefuseAsync(call, Refusal.ErrorOf(held, bundle), bundle);
            return;
        }

        if (refusal is Refusal.ByDecision decided)
        {
            RequestCause.Tell(call.Http, Refusal.ErrorOf(decided, bundle).Cause);
            await Reply.RefuseAsync(call, Refusal.ErrorOf(decided, bundle), bundle);
            return;
        }

        var fault = ((Refusal.ByFault)refusal).Fault;
        RequestCause.Tell(call.Http, fault.Cause);
        if (fault.Cause == Causes.RecordUnavailable)
        {
            await Reply.UnrecordedAsync(call, fault);
            return;
        }

        // A fault before the decision is the call's own record; one after it is how the call ended, with what of its answer was screened.
        var opening = call.Decided is null ? call.OpeningDraft() : call.Draft(RecordKind.Outcome) with { Coverage = call.Screening?.Coverage() };
        var draft = opening with
        {
            Verdict = RecordedVerdict.Refuse,
            Cause = fault.Cause,
            Status = fault.Status,
            Bundle = decider.Bundle,
        };
        try
        {
            var record = await RecordEndAsync(decider, draft);
            if (fault.RetryAfter is { } wait && !call.Http.Response.HasStarted)
            {
                call.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await Reply.RefuseAsync(call, WireError.Of(fault, new("refuse", record, bundle.ToString(), [])), bundle);
        }
        catch (RecordUnavailableException e)
        {
            LogNotRecorded(fault.Cause);
            await Reply.UnrecordedAsync(call, Faults.From(e, clientIsGone: false));
        }
    }

    private static async Task<long> RecordEndAsync(Decider decider, RecordDraft draft)
    {
        try
        {
            return await decider.RecordAsync(draft);
        }
        catch (RecordUnavailableException e) when (e.Fault == RecordFault.TooLarge && draft is { Kind: RecordKind.Outcome, Coverage: not null })
        {
            // As when it is settled: more parts than a list can name.
            return await decider.RecordAsync(draft with { Coverage = null });
        }
    }

    private static async Task DiscardAsync(Task<ForwardOutcome> sending)
    {
        try
        {
            if (await sending is ForwardOutcome.Answered { Answer: var answer })
            {
                await answer.DisposeAsync();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RecordUnavailableException)
        {
            // It was told to stop, or found out itself that nothing can be recorded. Why the call ends is known already.
        }
    }

    [LoggerMessage(EventId = 8001, Level = LogLevel.Error, Message = "A stage of a call to {Endpoint} failed with {Type}; the call was refused\n{Stack}")]
    private partial void LogStageFailed(string endpoint, string type, string? stack);

    [LoggerMessage(EventId = 8002, Level = LogLevel.Error, Message = "A refusal ({Cause}) could not be recorded; the client was told to try again later")]
    private partial void LogNotRecorded(string cause);

    [LoggerMessage(EventId = 8003, Level = LogLevel.Warning, Message = "The outcome of a call could not be recorded")]
    private partial void LogOutcomeNotRecorded();
}
