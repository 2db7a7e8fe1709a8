using System.Buffers;

namespace Holdpoint.Wire;

/// <summary>
/// Room for the decoded content of one call, rented from the shared pool and given back together: prompts with line breaks need
/// decoding, and an array for each would be most of what a call allocates. Not thread-safe.
/// </summary>
internal sealed class ContentBuffer : IDisposable
{
    private const int FirstBytes = 4096;

    private readonly List<byte[]> _rented = [];
    private int _used;

    /// <summary>Room for <paramref name="length"/> bytes, valid until <see cref="Dispose"/>.</summary>
    public Memory<byte> Take(int length)
    {
        if (_rented is [] || _rented[^1].Length - _used < length)
        {
            _rented.Add(ArrayPool<byte>.Shared.Rent(Math.Max(length, FirstBytes)));
            _used = 0;
        }

        var room = _rented[^1].AsMemory(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Gives the tail of the last taking back.</summary>
    public void GiveBack(int bytes) => _used -= bytes;

    public void Dispose()
    {
        foreach (var array in _rented)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        _rented.Clear();
        _used = 0;
    }
}
