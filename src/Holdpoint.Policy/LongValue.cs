using System.Globalization;

namespace Holdpoint.Policy;

/// <summary>A Cedar <c>Long</c>: a signed 64-bit integer, never rounded.</summary>
public sealed class LongValue : Value
{
    // Counts and sizes in policies are mostly small; sharing them keeps the context of a call cheap to build.
    private const int SharedBelow = 256;

    private static readonly LongValue[] Shared = [.. Enumerable.Range(0, SharedBelow).Select(i => new LongValue(i))];

    private LongValue(long value) => Value = value;

    /// <summary>The number.</summary>
    public long Value { get; private set; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Long;

    /// <inheritdoc/>
    public override bool Equals(Value? other) => other is LongValue that && that.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() =>
        // Both halves through the seeded hash: numbers made to collide would turn a large set into a slow one.
        HashCode.Combine((int)Value, (int)(Value >> 32));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number that a <see cref="RecordBuffer"/> writes: the one kind that changes, and never one of the shared ones.</summary>
    internal static LongValue CreateWritable() => new(0);

    /// <summary>Writes another number over this one; of a writable one only.</summary>
    internal void Write(long value) => Value = value;

    internal static LongValue Create(long value) => value is >= 0 and < SharedBelow ? Shared[value] : new LongValue(value);
}
