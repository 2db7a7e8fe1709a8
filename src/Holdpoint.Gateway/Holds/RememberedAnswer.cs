using System.Buffers;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// Passes an answer through and remembers its bytes, so that all of it can be kept when its end turns out to need approval. The answer
/// stays its owner's to dispose.
/// </summary>
internal sealed class RememberedAnswer : UpstreamAnswer
{
    /// <summary>
    /// Most bytes remembered. 8 MiB: an answer of 40,000 tokens in events of 200 bytes; one that makes a tool call is far shorter. What is
    /// longer can still be released, but not held.
    /// </summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int DrainBytes = 16 * 1024;

    private readonly UpstreamAnswer _inner;
    private ArrayBufferWriter<byte>? _bytes = new();

    private RememberedAnswer(UpstreamAnswer inner) => _inner = inner;

    public static RememberedAnswer Of(UpstreamAnswer inner) => new(inner)
    {
        Kind = inner.Kind,
        Status = inner.Status,
        ContentType = inner.ContentType,
        Headers = inner.Headers,
        Length = inner.Length,
    };

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken);
        if (_bytes is not null)
        {
            if (_bytes.WrittenCount + read.Count > MaxBytes)
            {
                _bytes = null;
            }
            else
            {
                _bytes.Write(buffer.Span[..read.Count]);
            }
        }

        return read;
    }

    /// <summary>Reads what is left and gives all of it.</summary>
    /// <returns>The answer; or why there is none to keep.</returns>
    public async ValueTask<(KeptAnswer? Kept, Fault? Fault)> KeepAsync(CancellationToken cancellationToken)
    {
        using var buffer = MemoryPool<byte>.Shared.Rent(DrainBytes);
        while (_bytes is not null)
        {
            var read = await ReadAsync(buffer.Memory, cancellationToken);
            if (read.Fault is { } fault)
            {
                return (null, fault);
            }

            if (read.IsEnd)
            {
                return (KeptAnswer.Of(this, _bytes.WrittenMemory), null);
            }
        }

        return (null, HoldFaults.AnswerTooLarge);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
