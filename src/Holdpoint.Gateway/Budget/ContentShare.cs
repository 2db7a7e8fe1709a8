using System.Buffers;
using System.Numerics;

namespace Holdpoint.Gateway.Budget;

/// <summary>
/// What one request, or one answer, has of the budget. Whatever way it ends, <see cref="Dispose"/> gives back all that is still taken, so
/// that nothing else has to. Belongs to one call; not thread-safe.
/// </summary>
/// <param name="budget">What is shared.</param>
/// <param name="most">How much of it may be in use, by all together, for this share to get more.</param>
/// <param name="ofClient">What is shared by the requests of one client; null where nobody in particular asks.</param>
/// <param name="mostOfClient">How much of that may be in use.</param>
internal sealed class ContentShare(
    ContentBudget budget, long most, ContentBudget? ofClient = null, long mostOfClient = long.MaxValue) : IDisposable
{
    /// <summary>The smallest array of the shared pool.</summary>
    private const int LeastRented = 16;

    private long _taken;
    private bool _isOver;

    /// <summary>Bytes taken now.</summary>
    public long Taken => _taken;

    /// <summary>A share of nothing: for what is bounded by itself and belongs to no call.</summary>
    public static ContentShare Uncounted() => new(new ContentBudget(), long.MaxValue);

    /// <summary>Takes more; false, and nothing is taken, where it does not fit.</summary>
    /// <exception cref="ObjectDisposedException">Its call is over, so nobody would give it back.</exception>
    public bool TryTake(long bytes)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        if (ofClient?.TryTake(bytes, mostOfClient) == false)
        {
            return false;
        }

        if (!budget.TryTake(bytes, most))
        {
            ofClient?.GiveBack(bytes);
            return false;
        }

        _taken += bytes;
        return true;
    }

    /// <summary>Gives back a part of what was taken; after the end of the share, that has happened.</summary>
    public void GiveBack(long bytes)
    {
        bytes = Math.Min(bytes, _taken);
        _taken -= bytes;
        budget.GiveBack(bytes);
        ofClient?.GiveBack(bytes);
    }

    /// <summary>An array of the shared pool, counted at its real size; null where that does not fit.</summary>
    /// <param name="atLeast">Its least length; at most 1 GiB.</param>
    public byte[]? TryRent(int atLeast)
    {
        // The pool's arrays have lengths that are powers of two.
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(atLeast, LeastRented));
        return TryTake(length) ? ArrayPool<byte>.Shared.Rent(length) : null;
    }

    /// <summary>A larger array with the first <paramref name="used"/> bytes of a rented one, which is returned.</summary>
    /// <returns>Null where there is no room for both for a moment; then the one that was given is still the caller's.</returns>
    public byte[]? TryGrow(byte[] rented, int used, int atLeast)
    {
        if (TryRent(Math.Max(atLeast, rented.Length * 2)) is not { } larger)
        {
            return null;
        }

        rented.AsSpan(0, used).CopyTo(larger);
        Return(rented);
        return larger;
    }

    public void Return(byte[] rented)
    {
        ArrayPool<byte>.Shared.Return(rented);
        GiveBack(rented.Length);
    }

    /// <summary>Gives everything back, once however often it is called.</summary>
    public void Dispose()
    {
        _isOver = true;
        GiveBack(_taken);
    }
}
