using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// Passes an answer through and records its bytes, so that all of it can be kept when its end turns out to need approval. Disposing it
/// disposes the inner answer, so whoever does not own that one does not dispose this one.
/// </summary>
[method: SetsRequiredMembers]
internal sealed class RecordingAnswer(UpstreamAnswer inner) : WrappedAnswer(inner)
{
    /// <summary>
    /// Most bytes recorded. 8 MiB: an answer of 40,000 tokens in events of 200 bytes; one that makes a tool call is far shorter. A longer
    /// answer can still be released, but not held.
    /// </summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int DrainBytes = 16 * 1024;

    private ArrayBufferWriter<byte>? _bytes = new();

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
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

    /// <summary>Reads the rest and returns the whole body.</summary>
    /// <returns>The body, or why it could not be read to its end; neither when it has more than <see cref="MaxBytes"/>.</returns>
    public async ValueTask<(ReadOnlyMemory<byte>? Body, Fault? Fault)> KeepAsync(CancellationToken cancellationToken)
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
                return (_bytes.WrittenMemory, null);
            }
        }

        return (null, null);
    }
}
