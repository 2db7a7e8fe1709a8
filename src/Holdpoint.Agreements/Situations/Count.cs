namespace Holdpoint.Agreements;

/// <summary>The range of every count of a situation.</summary>
public static class Count
{
    /// <summary>
    /// The largest count, 2^40: about ten times the people who have ever lived, and far from where sums of counts could overflow. The
    /// proofs about agreements assume this range.
    /// </summary>
    public const long Max = 1L << 40;

    /// <summary>The count, or <see cref="Max"/> when it is larger.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The count is negative: something was counted wrong, and no clause may be asked about it.
    /// </exception>
    public static long Saturate(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Math.Min(count, Max);
    }
}
