using System.Collections.Immutable;

namespace Holdpoint.Gateway.Upstream;

/// <summary>An answer that is already here. Each piece is one read, where the reader's buffer holds it.</summary>
internal sealed class MemoryAnswer(ImmutableArray<byte[]> pieces) : UpstreamAnswer
{
    private int _piece;
    private int _offset;

    public override ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_piece < pieces.Length && _offset == pieces[_piece].Length)
        {
            _piece++;
            _offset = 0;
        }

        if (_piece == pieces.Length)
        {
            return new(new BodyRead(0));
        }

        var next = pieces[_piece].AsMemory(_offset);
        var count = Math.Min(next.Length, buffer.Length);
        next[..count].CopyTo(buffer);
        _offset += count;
        return new(new BodyRead(count));
    }

    public override ValueTask DisposeAsync() => default;
}
