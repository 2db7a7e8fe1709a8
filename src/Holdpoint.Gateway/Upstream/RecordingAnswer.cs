using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Holdpoint.Gateway.Budget;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// Passes an answer through and records its bytes, so that all of it can be kept when its end turns out to need approval. Disposing it
/// disposes the inner answer, so whoever does not own that one does not dispose this one.
/// </summary>
/// <param name="inner">The answer.</param>
/// <param name="share">Where what is recorded counts, until the share is disposed.</param>
[method: SetsRequiredMembers]
internal sealed class RecordingAnswer(UpstreamAnswer inner, ContentShare share) : WrappedAnswer(inner)
{
    /// <summary>
    /// Most bytes recorded. 8 MiB: an answer of 40,000 tokens in events of 200 bytes; one that makes a tool call is far shorter. A longer
    /// answer, or one for which there is no room, can still be released, but not held.
    /// </summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int FirstBytes = 1024;
    private const int DrainBytes = 16 * 1024;

    // Not of the pool: what is kept of it outlives this answer.
    private byte[]? _bytes = [];
    private int _count;

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (HasRoomFor(read.Count))
        {
            buffer.Span[..read.Count].CopyTo(_bytes.AsSpan(_count));
            _count += read.Count;
        }

        return read;
    }

    /// <summary>Reads the rest and returns the whole body.</summary>
    /// <returns>
    /// The body, or why it could not be read to its end; neither when it has more than <see cref="MaxBytes"/>, or than there was room for.
    /// </returns>
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
                return (_bytes.AsMemory(0, _count), null);
            }
        }

        return (null, null);
    }

    /// <summary>Whether as many bytes more are recorded; once they are not, nothing is any more.</summary>
    private bool HasRoomFor(int more)
    {
        if (_bytes is not { } bytes)
        {
            return false;
        }

        var needed = _count + more;
        if (needed <= bytes.Length)
        {
            return true;
        }

        var room = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, FirstBytes));
        if (needed <= MaxBytes && share.TryTake(room))
        {
            Array.Resize(ref _bytes, room);
        }
        else
        {
            _bytes = null;
        }

        share.GiveBack(bytes.Length);
        return _bytes is not null;
    }
}
