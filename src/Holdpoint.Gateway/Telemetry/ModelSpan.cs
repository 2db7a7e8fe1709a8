using System.Diagnostics;
using System.Globalization;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// One attempt to have a model answer, from the sending of the call to the end of its answer. Belongs to one attempt; not thread-safe.
/// </summary>
internal sealed class ModelSpan
{
    /// <summary>The error type of an attempt that nobody waits for any more; the same word as the cause of such a call.</summary>
    public const string Cancelled = "cancelled";

    private readonly GatewayTelemetry _telemetry;
    private readonly Activity? _span;
    private readonly TagList _tags;
    private readonly bool _isStream;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly UsageScan _usage = new();
    private long _lastChunk;
    private bool _isOver;

    private ModelSpan(GatewayTelemetry telemetry, Route route, in UpstreamCall sending)
    {
        _telemetry = telemetry;
        var call = sending.Call;
        _isStream = call.Stream;
        var operation = GenAi.OperationOf(sending.Endpoint);
        _tags = new TagList
        {
            { GenAi.OperationName, operation },
            { GenAi.ProviderName, route.Provider },
            { GenAi.RequestModel, route.Model },
        };
        if (route.Upstream is GuardedUpstream { Settings.Address: { } address })
        {
            var uri = address.Of("/");
            _tags.Add(GenAi.ServerAddress, uri.Host);
            _tags.Add(GenAi.ServerPort, uri.Port);
        }

        // All that sampling may look at is there when the span begins, as the conventions ask.
        _span = telemetry.Source.StartActivity($"{operation} {route.Model}", ActivityKind.Client, parentContext: default, _tags);
        if (_isStream)
        {
            _span?.SetTag(GenAi.RequestStream, true);
        }

        if (call.Choices != 1)
        {
            _span?.SetTag(GenAi.RequestChoiceCount, call.Choices);
        }
    }

    /// <summary>Sends a call and follows it to the end of its answer, if anybody listens.</summary>
    /// <exception cref="OperationCanceledException">As <see cref="ModelUpstream.SendAsync"/>.</exception>
    public static ValueTask<ForwardOutcome> SendAsync(
        GatewayTelemetry telemetry, Route route, UpstreamCall sending, CancellationToken cancellationToken) =>
        telemetry.IsOn
            ? new ModelSpan(telemetry, route, sending).SendAsync(route.Upstream, sending, cancellationToken)
            : route.Upstream.SendAsync(sending, cancellationToken);

    /// <summary>Bytes of the answer have come.</summary>
    public void OnChunk(ReadOnlySpan<byte> bytes)
    {
        _usage.Read(bytes);
        if (!_isStream)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (_lastChunk == 0)
        {
            var first = Stopwatch.GetElapsedTime(_start, now).TotalSeconds;
            _span?.SetTag(GenAi.TimeToFirstChunk, first);
            _telemetry.TimeToFirstChunk.Record(first, _tags);
        }
        else
        {
            _telemetry.TimePerOutputChunk.Record(Stopwatch.GetElapsedTime(_lastChunk, now).TotalSeconds, _tags);
        }

        _lastChunk = now;
    }

    /// <summary>The answer is over. Only the first call counts.</summary>
    /// <param name="error">What ended it otherwise than it should; null where nothing did.</param>
    public void End(string? error)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        Use("input", GenAi.InputTokens, _usage.Input);
        Use("output", GenAi.OutputTokens, _usage.Output);
        var tags = _tags;
        if (error is not null)
        {
            tags.Add(GenAi.ErrorType, error);
            _span?.SetTag(GenAi.ErrorType, error);
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        _telemetry.OperationDuration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        _span?.Dispose();
    }

    private async ValueTask<ForwardOutcome> SendAsync(ModelUpstream upstream, UpstreamCall sending, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await upstream.SendAsync(sending, cancellationToken);
            switch (outcome)
            {
                case ForwardOutcome.Answered { Answer: { Kind: not AnswerKind.Error } answer }:
                    return new ForwardOutcome.Answered(new TracedAnswer(answer, this));
                case ForwardOutcome.Answered answered:
                    End(answered.Answer.Status.ToString(CultureInfo.InvariantCulture));
                    return outcome;
                default:
                    End(((ForwardOutcome.Failed)outcome).Fault.Cause);
                    return outcome;
            }
        }
        catch (OperationCanceledException)
        {
            End(Cancelled);
            throw;
        }
    }

    private void Use(string type, string attribute, long? tokens)
    {
        if (tokens is not { } count)
        {
            return;
        }

        var tags = _tags;
        tags.Add(GenAi.TokenType, type);
        _span?.SetTag(attribute, count);
        _telemetry.TokenUsage.Record(count, tags);
    }
}
