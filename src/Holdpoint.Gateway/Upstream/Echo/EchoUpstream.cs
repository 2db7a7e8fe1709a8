using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>
/// A model without a network, for trying Holdpoint out and for its tests: it answers <c>[echo] </c> and the last user text, and with
/// tools calls the first. It speaks every wire format of the gateway. Thread-safe.
/// </summary>
internal sealed class EchoUpstream(string name, ImmutableArray<ModelPattern> models, TimeProvider time) : ModelUpstream(name, models)
{
    /// <summary>The forms, by endpoint. A new wire format is a line here.</summary>
    private static readonly FrozenDictionary<string, EchoForm> Forms = new Dictionary<string, EchoForm>
    {
        ["/v1/chat/completions"] = new EchoChat(),
        ["/v1/responses"] = new EchoResponses(),
        ["/v1/completions"] = new EchoCompletions(),
        ["/v1/embeddings"] = new EchoEmbeddings(),
        ["/v1/messages"] = new EchoMessages(),
        ["/v1/messages/count_tokens"] = new EchoCountTokens(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override bool Speaks(ApiFamily family) => true;

    public override ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pieces = Forms[call.Endpoint].Answer(call, time.GetUtcNow());
        return new(new ForwardOutcome.Answered(new MemoryAnswer(pieces)
        {
            Kind = call.Call.Stream ? AnswerKind.Stream : AnswerKind.Whole,
            Status = HttpStatus.Ok,
            ContentType = call.Call.Stream ? "text/event-stream" : "application/json",
            Length = call.Call.Stream ? null : pieces[0].Length,
        }));
    }

    public override void Dispose()
    {
    }
}
