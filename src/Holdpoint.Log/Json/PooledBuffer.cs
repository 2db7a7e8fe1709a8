using System.Buffers;

namespace Holdpoint.Log.Json;

/// <summary>A growing buffer on a pooled array. A struct to be kept in one place and passed by reference; dispose it once.</summary>
internal struct PooledBuffer<T>(int capacity) : IDisposable
    where T : unmanaged
{
    private T[] _array = ArrayPool<T>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly Span<T> Written => _array.AsSpan(0, Length);

    public readonly T[] Array => _array;

    public void Add(T item)
    {
        Reserve(1)[0] = item;
        Length++;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        items.CopyTo(Reserve(items.Length));
        Length += items.Length;
    }

    /// <summary>Room for at least <paramref name="count"/> more items; what is used of it is told to <see cref="Advance"/>.</summary>
    public Span<T> Reserve(int count)
    {
        if (_array.Length - Length < count)
        {
            var larger = ArrayPool<T>.Shared.Rent(checked(Math.Max(Length + count, _array.Length * 2)));
            Written.CopyTo(larger);
            ArrayPool<T>.Shared.Return(_array);
            _array = larger;
        }

        return _array.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void TruncateTo(int length) => Length = length;

    public readonly void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
