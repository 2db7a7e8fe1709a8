using System.Globalization;
using System.Text.Json;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>The time in which a statement holds: from <paramref name="NotBefore"/>, until just before <paramref name="Expires"/>.</summary>
/// <param name="NotBefore">The first instant at which the statement holds; null for no bound.</param>
/// <param name="Expires">
/// The first instant at which the statement no longer holds; null for no bound of its own (its issuer's still applies).
/// </param>
public readonly record struct Validity(DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The time without bounds.</summary>
    public static Validity Always => default;

    /// <summary>Whether the bounds leave any time at all.</summary>
    public bool IsEmpty => NotBefore is { } from && Expires is { } until && until <= from;

    /// <summary>
    /// Reads the end of the time that a text such as <c>2027-01-31T12:00:00Z</c> or <c>2027-01-31</c> (that whole day, UTC) names.
    /// </summary>
    public static bool TryParseEnd(string text, out DateTimeOffset end)
    {
        if (TryParseDate(text, out end))
        {
            if (end.Year == DateTime.MaxValue.Year)
            {
                return false; // the day after the last one does not exist
            }

            end = end.AddDays(1);
            return true;
        }

        return TryParseInstant(text, out end);
    }

    /// <summary>
    /// Reads the start of the time that a text such as <c>2027-01-31T12:00:00Z</c> or <c>2027-01-31</c> (from its midnight, UTC) names.
    /// </summary>
    public static bool TryParseStart(string text, out DateTimeOffset start) =>
        TryParseDate(text, out start) || TryParseInstant(text, out start);

    internal static Validity Read(Fields fields, Faults faults, bool mustExpire)
    {
        DateTimeOffset? from = null, until = null;
        if (fields.Text("notBefore") is { } start)
        {
            from = TryParseStart(start, out var instant) ? instant : Fault("notBefore");
        }

        if ((mustExpire ? fields.RequiredText("expires") : fields.Text("expires")) is { } end)
        {
            until = TryParseEnd(end, out var instant) ? instant : Fault("expires");
        }

        var validity = new Validity(from, until);
        if (validity.IsEmpty)
        {
            faults.Add($"{fields.PathOf("expires")} must be after {fields.PathOf("notBefore")}");
        }

        return validity;

        DateTimeOffset? Fault(string name)
        {
            faults.Add($"{fields.PathOf(name)} must be a date such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z");
            return null;
        }
    }

    /// <summary>Whether <paramref name="now"/> is within the bounds; <paramref name="isOver"/> says whether the time has expired.</summary>
    public bool Contains(DateTimeOffset now, out bool isOver)
    {
        isOver = Expires is { } until && now >= until;
        return !isOver && !(NotBefore is { } from && now < from);
    }

    internal void WriteMembers(Utf8JsonWriter json)
    {
        if (NotBefore is { } from)
        {
            json.WriteString("notBefore"u8, Text(from));
        }

        if (Expires is { } until)
        {
            json.WriteString("expires"u8, Text(until));
        }
    }

    internal static string Text(DateTimeOffset instant) => instant.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static bool TryParseDate(string text, out DateTimeOffset midnight) => TryParse(text, DateFormat, out midnight);

    internal static bool TryParseInstant(string text, out DateTimeOffset instant) => TryParse(text, InstantFormat, out instant);

    private static bool TryParse(string text, string format, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
