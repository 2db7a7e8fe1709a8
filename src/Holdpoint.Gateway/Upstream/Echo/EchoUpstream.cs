using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>
/// A model without a network, for trying Holdpoint out and for its tests: it answers <c>[echo] </c> and the last user text, and with
/// tools calls the first. It speaks OpenAI's chat completions. Thread-safe.
/// </summary>
internal sealed class EchoUpstream(string name, ImmutableArray<ModelPattern> models, TimeProvider time) : ModelUpstream(name, models)
{
    public override ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var said = EchoReply.To(call.Body);
        var writer = new EchoWriter(
            id: "chatcmpl-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            created: time.GetUtcNow().ToUnixTimeSeconds(),
            call.Call);
        ImmutableArray<byte[]> pieces = call.Call.Stream ? writer.Stream(said) : [writer.Whole(said)];
        return new(new ForwardOutcome.Answered(new MemoryAnswer(pieces)
        {
            Kind = call.Call.Stream ? AnswerKind.Stream : AnswerKind.Whole,
            Status = 200,
            ContentType = call.Call.Stream ? "text/event-stream" : "application/json",
            Length = call.Call.Stream ? null : pieces[0].Length,
        }));
    }

    public override void Dispose()
    {
    }
}
