using System.Buffers;
using System.Diagnostics;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// Stage 8: releases an answer to the client as far as it was screened. Every kind of answer is asked the same questions by the same gate.
/// Belongs to one answer; not thread-safe.
/// </summary>
/// <param name="exchange">The client's side.</param>
/// <param name="call">The call that is answered.</param>
/// <param name="answer">The answer; stays its owner's to dispose.</param>
/// <param name="gate">Decides what may be released.</param>
/// <param name="from">Who gave the answer.</param>
/// <param name="release">What people approved of the call; null when it is made under no approved hold.</param>
/// <param name="decision">Index of the record that permits the call.</param>
/// <param name="content">Where the memory for the answer counts; disposed by its owner once nobody reads the answer any more.</param>
internal sealed class Relaying(
    Exchange exchange,
    Call call,
    UpstreamAnswer answer,
    AnswerGate gate,
    KeptRoute from,
    HoldRelease? release,
    long decision,
    ContentShare content)
{
    /// <summary>The size of one read of a stream. 16 KiB: a TLS record; deltas are far smaller.</summary>
    private const int StreamReadBytes = 16 * 1024;

    /// <summary>
    /// What a stream may keep back before it is counted, and how much more is counted at a time. 64 KiB: text keeps back some hundred
    /// bytes, so that only long tool calls and events are counted.
    /// </summary>
    private const int UncountedBytes = 64 * 1024;

    private long _countedWaiting;

    /// <summary>Relays the answer.</summary>
    /// <returns>Null when all of it has left; else the objection, with the answer to keep where people have to decide.</returns>
    public ValueTask<Stop?> RelayAsync(CancellationToken cancellationToken)
    {
        gate.ObserveHeaders(answer.Headers);
        return answer.Kind switch
        {
            AnswerKind.Whole => RelayWholeAsync(cancellationToken),
            AnswerKind.Stream => RelayStreamAsync(cancellationToken),
            AnswerKind.Error => RelayErrorAsync(cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async ValueTask<Stop?> RelayWholeAsync(CancellationToken cancellationToken)
    {
        using var body = await answer.ReadWholeAsync(exchange.Active.Limits.AnswerBytes, content, cancellationToken);
        if (body.Fault is { } fault)
        {
            return new(fault);
        }

        var read = exchange.Wire.ReadAnswer(body.Bytes, call, exchange.Buffer);
        if (!exchange.TryCountDecoded())
        {
            return new(BudgetFaults.AnswerDoesNotFit);
        }

        if (await WholeScreening.ScreenAsync(read, gate) is { } objection)
        {
            return objection is not Objection.ToBeHeld ? new(objection)
                : body.Bytes.Length > RecordingAnswer.MaxBytes || !content.TryTake(body.Bytes.Length) ? new(HoldFaults.AnswerTooLarge)
                : new(objection, KeptAnswer.Of(answer, body.Bytes.ToArray(), from));
        }

        await UseAsync();
        if (gate.IsRecordLost)
        {
            return new(CallFaults.NotRecorded);
        }

        await Reply.WholeAsync(exchange, answer, decision, body.Bytes, cancellationToken);
        return null;
    }

    private async ValueTask<Stop?> RelayStreamAsync(CancellationToken cancellationToken)
    {
        using var reader = exchange.Wire.OpenStream(call);
        using var screening = new StreamScreening(gate, content);
        using var buffer = MemoryPool<byte>.Shared.Rent(StreamReadBytes);

        // Under an agreement that holds nothing, no decision can be a hold, so nobody will ask for what was recorded.
        var recorded = exchange.Active.Bundle.Agreement.CanHold ? new RecordingAnswer(answer, content) : null;
        var reading = recorded ?? answer;
        var events = new List<StreamEvent>();
        var isFirst = true;

        // What left before people were asked is behind the client; what is released now goes on there, byte for byte.
        var (received, passed, sent) = (0L, 0L, exchange.SentBytes);
        while (true)
        {
            var read = await reading.ReadAsync(buffer.Memory, cancellationToken);
            received += read.Count;
            events.Clear();
            var fault = read.Fault
                ?? (read.IsEnd ? reader.Complete(events) : reader.Read(buffer.Memory.Span[..read.Count], events));
            if (await screening.ScreenAsync(events, isEnd: read.IsEnd) is { } objection)
            {
                return objection is Objection.ToBeHeld ? await KeepAsync(objection, recorded, cancellationToken) : new(objection);
            }

            if (gate.IsRecordLost)
            {
                return new(CallFaults.NotRecorded);
            }

            var hasMore = false;
            while (screening.TryTake(out var raw))
            {
                passed += raw.Length;
                if (passed <= sent)
                {
                    continue;
                }

                await BeginAsync();
                exchange.Http.Response.BodyWriter.Write(raw.Span);
                exchange.SentBytes = passed;
                hasMore = true;
            }

            if (hasMore)
            {
                await exchange.Http.Response.BodyWriter.FlushAsync(cancellationToken);
            }

            if (fault is not null)
            {
                return new(fault);
            }

            if (read.IsEnd)
            {
                await BeginAsync();
                return null;
            }

            if (!TryCountWaiting(received - passed))
            {
                return new(BudgetFaults.AnswerDoesNotFit);
            }
        }

        // Only now: a refusal before the first byte must find a response that holds nothing of the upstream.
        async ValueTask BeginAsync()
        {
            if (isFirst)
            {
                isFirst = false;
                await UseAsync();
                Reply.Begin(exchange, answer, decision);
            }
        }
    }

    /// <summary>
    /// An upstream's own error goes back unchanged, so that the client's SDK knows what to do with it; unless its text may not.
    /// </summary>
    private async ValueTask<Stop?> RelayErrorAsync(CancellationToken cancellationToken)
    {
        using var body = await answer.ReadWholeAsync(exchange.Active.Limits.AnswerBytes, content, cancellationToken);
        if (body.Fault is { } fault)
        {
            return new(fault);
        }

        if (!await gate.AdmitErrorAsync(ErrorBody.Read(body.Bytes)))
        {
            return new(UpstreamFaults.ErrorWithheld(answer.Status));
        }

        await Reply.WholeAsync(exchange, answer, decision, body.Bytes, cancellationToken);
        return null;
    }

    /// <summary>
    /// Counts what of a stream was read and cannot leave yet: an unfinished event, and events that wait for a decision. Twice, because the
    /// reader joins the pieces of a tool call.
    /// </summary>
    private bool TryCountWaiting(long bytes)
    {
        var more = (2 * bytes) - _countedWaiting - UncountedBytes;
        if (more <= 0)
        {
            return true;
        }

        more += UncountedBytes;
        _countedWaiting += more;
        return content.TryTake(more);
    }

    /// <summary>Reads what is left of an answer that needs people, and keeps all of it for them.</summary>
    private async Task<Stop?> KeepAsync(Objection objection, RecordingAnswer? answer, CancellationToken cancellationToken)
    {
        if (answer is null)
        {
            return new(HoldFaults.AnswerTooLarge);
        }

        var (body, fault) = await answer.KeepAsync(cancellationToken);
        return body is { } whole ? new(objection, KeptAnswer.Of(answer, whole, from)) : new(fault ?? HoldFaults.AnswerTooLarge);
    }

    /// <summary>The answer is about to leave, so the approvals that it leaves under are used up.</summary>
    private Task UseAsync() => release?.UseAsync() ?? Task.CompletedTask;
}
