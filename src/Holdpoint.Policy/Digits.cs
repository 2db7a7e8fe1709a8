namespace Holdpoint.Policy;

/// <summary>Reading of decimal digits into 64 bits, refusing what does not fit.</summary>
internal static class Digits
{
    /// <summary><c>number * 10 ± digit</c>; false on overflow.</summary>
    public static bool TryAppend(ref long number, int digit, bool negative)
    {
        var next = ((Int128)number * 10) + (negative ? -digit : digit);
        if (next < long.MinValue || next > long.MaxValue)
        {
            return false;
        }

        number = (long)next;
        return true;
    }

    /// <summary>Exactly <paramref name="count"/> digits at <paramref name="at"/>; −1 when there are not.</summary>
    public static int Fixed(ReadOnlySpan<char> text, int at, int count)
    {
        if (text.Length < at + count)
        {
            return -1;
        }

        var number = 0;
        foreach (var c in text.Slice(at, count))
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
