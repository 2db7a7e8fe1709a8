using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>
/// Things that are made from a key and come out the same each time: the first ones are kept, up to a number, and all others are made
/// anew whenever they are asked for. So whoever invents keys cannot fill the memory, and what is returned does not depend on what is kept.
/// Thread-safe.
/// </summary>
internal sealed class Kept<TKey, TValue>(int most, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TValue : class
{
    private int _count;

    /// <summary>What is kept, to look things up in.</summary>
    public ConcurrentDictionary<TKey, TValue> All { get; } = new(comparer);

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => All.TryGetValue(key, out value);

    /// <summary>Keeps what was made, if there is room; returns it.</summary>
    public TValue Keep(TKey key, TValue made)
    {
        // Threads that add at the same moment may go past the number by one each.
        if (Volatile.Read(ref _count) < most && All.TryAdd(key, made))
        {
            Interlocked.Increment(ref _count);
        }

        return made;
    }
}
