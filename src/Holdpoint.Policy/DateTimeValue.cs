using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Holdpoint.Policy;

/// <summary>Cedar's <c>datetime</c>: a signed 64-bit number of milliseconds since 1970-01-01T00:00:00Z, without leap seconds.</summary>
public sealed class DateTimeValue : Value
{
    internal const long MillisecondsPerDay = 86_400_000;

    /// <summary>The instant that many milliseconds after 1970-01-01T00:00:00Z.</summary>
    public DateTimeValue(long milliseconds) => Milliseconds = milliseconds;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long Milliseconds { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.DateTime;

    /// <summary>
    /// Reads what <c>datetime("…")</c> takes: <c>YYYY-MM-DD</c>, then optionally <c>THH:MM:SS</c>, then optionally <c>.SSS</c>, with
    /// <c>Z</c> or an offset <c>±hhmm</c> whenever there is a time.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DateTimeValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var s = text.AsSpan();
        var (year, month, day) = (Digits.Fixed(s, 0, 4), Digits.Fixed(s, 5, 2), Digits.Fixed(s, 8, 2));
        if (year < 0 || month is < 1 or > 12 || day < 1 || s[4] != '-' || s[7] != '-' || day > DaysInMonth(year, month))
        {
            return false;
        }

        long time = 0;
        if (s.Length > 10 && !TryParseTime(s[10..], out time))
        {
            return false;
        }

        value = new DateTimeValue((DaysSinceEpoch(year, month, day) * MillisecondsPerDay) + time);
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(Value? other) => other is DateTimeValue that && that.Milliseconds == Milliseconds;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ValueKind.DateTime, (int)Milliseconds, (int)(Milliseconds >> 32));

    /// <summary>A Cedar expression for this instant. Cedar's own text form ends at the year 9999; an offset has no such end.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"datetime(\"1970-01-01\").offset(duration(\"{Milliseconds}ms\"))");

    /// <summary>Midnight of the same day; null where that lies before the first instant.</summary>
    internal DateTimeValue? ToDate()
    {
        var midnight = (Int128)Milliseconds - SinceMidnight();
        return midnight < long.MinValue ? null : new DateTimeValue((long)midnight);
    }

    internal long SinceMidnight()
    {
        var remainder = Milliseconds % MillisecondsPerDay;
        return remainder < 0 ? remainder + MillisecondsPerDay : remainder;
    }

    private static bool TryParseTime(ReadOnlySpan<char> s, out long milliseconds)
    {
        milliseconds = 0;
        var (hour, minute, second) = (Digits.Fixed(s, 1, 2), Digits.Fixed(s, 4, 2), Digits.Fixed(s, 7, 2));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || s[0] != 'T' || s[3] != ':' || s[6] != ':')
        {
            return false;
        }

        s = s[9..];
        var fraction = 0;
        if (s.StartsWith("."))
        {
            fraction = Digits.Fixed(s, 1, 3);
            if (fraction < 0)
            {
                return false;
            }

            s = s[4..];
        }

        milliseconds = (((((hour * 60L) + minute) * 60) + second) * 1000) + fraction;
        if (s is "Z")
        {
            return true;
        }

        var (offsetHour, offsetMinute) = (Digits.Fixed(s, 1, 2), Digits.Fixed(s, 3, 2));
        if (s.Length != 5 || s[0] is not ('+' or '-') || offsetHour is < 0 or > 23 || offsetMinute is < 0 or > 59)
        {
            return false;
        }

        var offset = ((offsetHour * 60L) + offsetMinute) * 60_000;
        milliseconds += s[0] == '+' ? -offset : offset;
        return true;
    }

    // The proleptic Gregorian calendar from year 0, which System.DateTime does not reach.
    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static long DaysSinceEpoch(int year, int month, int day)
    {
        const int DaysBefore1970 = 719_528; // from 0000-01-01
        var leapDays = year == 0 ? 0 : ((year - 1) / 4) - ((year - 1) / 100) + ((year - 1) / 400) + 1;
        var days = (year * 365L) + leapDays + day - 1;
        for (var m = 1; m < month; m++)
        {
            days += DaysInMonth(year, m);
        }

        return days - DaysBefore1970;
    }
}
