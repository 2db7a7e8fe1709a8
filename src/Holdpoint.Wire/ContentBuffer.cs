using System.Buffers;

namespace Holdpoint.Wire;

/// <summary>
/// Memory for the decoded content of one call, rented from the shared pool and given back together: prompts with line breaks need decoding,
/// and an array for each would be most of a call's allocations. Not thread-safe.
/// </summary>
internal sealed class ContentBuffer : IDisposable
{
    private const int FirstBytes = 4096;

    private List<byte[]>? _rented;
    private int _used;

    /// <summary>The memory that it has rented, in bytes.</summary>
    public long RentedBytes { get; private set; }

    /// <summary>Takes <paramref name="length"/> bytes of memory, valid until <see cref="Dispose"/>.</summary>
    public Memory<byte> Take(int length)
    {
        _rented ??= [];
        if (_rented is [] || _rented[^1].Length - _used < length)
        {
            _rented.Add(ArrayPool<byte>.Shared.Rent(Math.Max(length, FirstBytes)));
            RentedBytes += _rented[^1].Length;
            _used = 0;
        }

        var room = _rented[^1].AsMemory(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Gives back the last <paramref name="bytes"/> bytes of the memory taken last.</summary>
    public void GiveBack(int bytes) => _used -= bytes;

    public void Dispose()
    {
        if (_rented is null)
        {
            return;
        }

        foreach (var array in _rented)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        _rented = null;
        RentedBytes = 0;
        _used = 0;
    }
}
