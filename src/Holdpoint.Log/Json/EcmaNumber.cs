using System.Diagnostics;
using System.Globalization;

namespace Holdpoint.Log.Json;

/// <summary>
/// A double as ECMAScript writes it (ECMA-262 §6.1.6.1.20, which RFC 8785 §3.2.2.3 prescribes): the shortest digits that read back as the
/// same value, laid out by ECMAScript's rules. The framework finds the same digits but lays them out differently.
/// </summary>
internal static class EcmaNumber
{
    /// <summary>Longest output: "-" and 17 digits with "0.00000" before them.</summary>
    public const int MaxLength = 32;

    private const int MaxDigits = 17;

    /// <summary>
    /// Writes a finite value to the start of <paramref name="destination"/> (at least <see cref="MaxLength"/>); returns the length.
    /// </summary>
    public static int Format(double value, Span<byte> destination)
    {
        Debug.Assert(double.IsFinite(value));
        if (value == 0)
        {
            destination[0] = (byte)'0'; // negative zero too
            return 1;
        }

        var at = 0;
        if (value < 0)
        {
            destination[at++] = (byte)'-';
            value = -value;
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        var (count, point) = Decompose(value, digits);
        digits = digits[..count];
        return at + Lay(digits, point, destination[at..]);
    }

    /// <summary>The digits s and the n of ECMA-262, such that the value is 0.s × 10^n; no leading or trailing zero in s.</summary>
    private static (int Count, int Point) Decompose(double value, Span<byte> digits)
    {
        // "R" is the shortest text that reads back, as 123.45, 0.00012 or 1.2E-07: only its digits and where their point lies are used.
        Span<byte> text = stackalloc byte[MaxLength];
        var formatted = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        Debug.Assert(formatted);

        var count = 0;
        var point = 0;
        var seenPoint = false;
        var i = 0;
        for (; i < length && text[i] != (byte)'E'; i++)
        {
            if (text[i] == (byte)'.')
            {
                seenPoint = true;
                continue;
            }

            if (count > 0 || text[i] != (byte)'0')
            {
                if (count < MaxDigits)
                {
                    digits[count++] = text[i];
                }

                point += seenPoint ? 0 : 1;
            }
            else if (seenPoint)
            {
                point--; // zeros between the point and the first digit
            }
        }

        if (i < length)
        {
            point += int.Parse(text[(i + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        while (digits[count - 1] == (byte)'0')
        {
            count--;
        }

        return (count, point);
    }

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var at = 0;
        if (point is > 0 and <= 21)
        {
            var whole = Math.Min(point, digits.Length);
            digits[..whole].CopyTo(destination);
            destination[whole..point].Fill((byte)'0');
            at = point;
            if (digits.Length > point)
            {
                destination[at++] = (byte)'.';
                digits[point..].CopyTo(destination[at..]);
                at += digits.Length - point;
            }

            return at;
        }

        if (point is > -6 and <= 0)
        {
            "0."u8.CopyTo(destination);
            destination.Slice(2, -point).Fill((byte)'0');
            at = 2 - point;
            digits.CopyTo(destination[at..]);
            return at + digits.Length;
        }

        destination[at++] = digits[0];
        if (digits.Length > 1)
        {
            destination[at++] = (byte)'.';
            digits[1..].CopyTo(destination[at..]);
            at += digits.Length - 1;
        }

        destination[at++] = (byte)'e';
        destination[at++] = point > 0 ? (byte)'+' : (byte)'-';
        Math.Abs(point - 1).TryFormat(destination[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }
}
