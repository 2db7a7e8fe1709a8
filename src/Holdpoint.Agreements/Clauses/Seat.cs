using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Holdpoint.Agreements;

/// <summary>A place at the table that one distinct person fills, such as <c>reviewer#2</c>.</summary>
/// <param name="Kind">The kind that the person must be, from the vocabulary's list.</param>
/// <param name="Number">1 to <see cref="MaxPerKind"/>.</param>
public readonly record struct Seat(string Kind, int Number) : IComparable<Seat>
{
    /// <summary>The maximum number of seats of one kind, as design and vocabulary fix it: 8.</summary>
    public const int MaxPerKind = 8;

    /// <summary>Reads <c>kind#number</c>, as <see cref="ToString"/> writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Seat seat)
    {
        var hash = text?.LastIndexOf('#') ?? -1;
        if (hash > 0 && text!.Length == hash + 2 && text[hash + 1] is >= '1' and <= '8')
        {
            seat = new Seat(text[..hash], text[hash + 1] - '0');
            return true;
        }

        seat = default;
        return false;
    }

    /// <summary>Compares by kind, then by number.</summary>
    public int CompareTo(Seat other) =>
        string.CompareOrdinal(Kind, other.Kind) is var order and not 0 ? order : Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}#{Number}");

    /// <summary>Whether the first sorts before the second.</summary>
    public static bool operator <(Seat left, Seat right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first does not sort after the second.</summary>
    public static bool operator <=(Seat left, Seat right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first sorts after the second.</summary>
    public static bool operator >(Seat left, Seat right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first does not sort before the second.</summary>
    public static bool operator >=(Seat left, Seat right) => left.CompareTo(right) >= 0;
}
