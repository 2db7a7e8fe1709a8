using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Holdpoint.Policy;

/// <summary>
/// Cedar's <c>decimal</c>: four digits after the point, kept as a 64-bit count of ten-thousandths, so
/// −922337203685477.5808 to 922337203685477.5807.
/// </summary>
public sealed class DecimalValue : Value
{
    private const int FractionDigits = 4;
    private const long UnitsPerOne = 10_000;

    /// <summary>The decimal of that many ten-thousandths.</summary>
    public DecimalValue(long units) => Units = units;

    /// <summary>The value in ten-thousandths.</summary>
    public long Units { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Decimal;

    /// <summary>Reads what <c>decimal("…")</c> takes: an optional minus, digits, a point, one to four digits; in range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DecimalValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = negative ? rest[1..] : rest;
        var point = rest.IndexOf('.');
        if (point < 1)
        {
            return false;
        }

        var whole = rest[..point];
        var fraction = rest[(point + 1)..];
        if (fraction.Length is < 1 or > FractionDigits)
        {
            return false;
        }

        // Counted downwards below zero: the most negative value has no positive counterpart.
        long units = 0;
        foreach (var part in (ReadOnlySpan<char>)[.. whole, .. fraction, .. "0000".AsSpan(fraction.Length)])
        {
            if (!char.IsAsciiDigit(part) || !Digits.TryAppend(ref units, part - '0', negative))
            {
                return false;
            }
        }

        value = new DecimalValue(units);
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(Value? other) => other is DecimalValue that && that.Units == Units;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ValueKind.Decimal, (int)Units, (int)(Units >> 32));

    /// <inheritdoc/>
    public override string ToString()
    {
        var size = Int128.Abs(Units);
        return string.Create(
            CultureInfo.InvariantCulture, $"decimal(\"{(Units < 0 ? "-" : "")}{size / UnitsPerOne}.{size % UnitsPerOne:0000}\")");
    }
}
