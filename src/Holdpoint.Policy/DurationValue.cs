using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Holdpoint.Policy;

/// <summary>Cedar's <c>duration</c>: a signed 64-bit number of milliseconds.</summary>
public sealed class DurationValue : Value
{
    private static readonly (string Name, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <summary>The duration of that many milliseconds.</summary>
    public DurationValue(long milliseconds) => Milliseconds = milliseconds;

    /// <summary>The length in milliseconds.</summary>
    public long Milliseconds { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Duration;

    /// <summary>
    /// Reads what <c>duration("…")</c> takes: an optional minus, then numbers with units in the order <c>d h m s ms</c>, each at most
    /// once and at least one in all.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DurationValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = negative ? rest[1..] : rest;
        if (rest.IsEmpty)
        {
            return false;
        }

        Int128 total = 0;
        var nextUnit = 0;
        while (!rest.IsEmpty)
        {
            // A number is 64 bits wide like Cedar's, and the sum is taken wide, so that no partial sum can wrap.
            long number = 0;
            var digits = 0;
            for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
            {
                if (!Digits.TryAppend(ref number, rest[digits] - '0', negative))
                {
                    return false;
                }
            }

            rest = rest[digits..];
            var unit = rest.StartsWith("ms") ? "ms" : rest.IsEmpty ? "" : rest[..1].ToString();
            var at = Array.FindIndex(Units, nextUnit, u => u.Name == unit);
            if (digits == 0 || at < 0)
            {
                return false;
            }

            total += (Int128)number * Units[at].Milliseconds;
            rest = rest[unit.Length..];
            nextUnit = at + 1;
        }

        if (total < long.MinValue || total > long.MaxValue)
        {
            return false;
        }

        value = new DurationValue((long)total);
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(Value? other) => other is DurationValue that && that.Milliseconds == Milliseconds;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ValueKind.Duration, (int)Milliseconds, (int)(Milliseconds >> 32));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"duration(\"{Milliseconds}ms\")");
}
