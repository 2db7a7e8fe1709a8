using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>A set of seats, in order. Immutable; equality is by content.</summary>
/// <remarks>
/// Seats of several holds unite by name: <c>reviewer:2</c> with <c>reviewer:1</c> is two reviewers, not three.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "The word of every clause and screen.")]
public sealed class Seats : IReadOnlyCollection<Seat>, IEquatable<Seats>
{
    private readonly ImmutableArray<Seat> _seats;

    private Seats(ImmutableArray<Seat> sorted)
    {
        _seats = sorted;
        Names = [.. sorted.Select(seat => seat.ToString())];
    }

    /// <summary>The set without seats.</summary>
    public static Seats None { get; } = new([]);

    /// <summary>The number of seats.</summary>
    public int Count => _seats.Length;

    /// <summary>The seats as records and screens name them, such as <c>reviewer#1</c>; in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The set of these seats, each once.</summary>
    public static Seats Of(params IEnumerable<Seat> seats) => From([.. seats]);

    /// <summary>
    /// Reads the value of <c>@hold</c>, such as <c>reviewer:2, provider:1</c>: distinct kinds, each with its number of seats, 1 to
    /// <see cref="Seat.MaxPerKind"/>. The loader checks that the vocabulary knows the kinds.
    /// </summary>
    public static bool TryParseHold(string text, [NotNullWhen(true)] out Seats? seats)
    {
        ArgumentNullException.ThrowIfNull(text);
        seats = null;
        HashSet<string> kinds = [];
        List<Seat> found = [];
        foreach (var item in text.Split(','))
        {
            if (item.Trim(' ').Split(':') is not [var kind, [>= '1' and <= '8' and var digit]]
                || kind.Length == 0 || !kind.All(char.IsAsciiLetter) || !kinds.Add(kind))
            {
                return false;
            }

            found.AddRange(Enumerable.Range(1, digit - '0').Select(number => new Seat(kind, number)));
        }

        seats = From(found);
        return true;
    }

    /// <summary>Every seat that is in one of the two.</summary>
    public Seats Union(Seats other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Count == 0 ? this : Count == 0 ? other : From([.. _seats, .. other._seats]);
    }

    /// <summary>The seats of this set that are not in <paramref name="other"/>.</summary>
    public Seats Except(Seats other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return From([.. _seats.Where(seat => !other._seats.Contains(seat))]);
    }

    /// <summary>Whether every seat of <paramref name="other"/> is in this set.</summary>
    public bool IsSupersetOf(Seats other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._seats.All(seat => _seats.Contains(seat));
    }

    /// <inheritdoc/>
    public IEnumerator<Seat> GetEnumerator() => _seats.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Seats? other) => other is not null && _seats.AsSpan().SequenceEqual(other._seats.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Seats);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var seat in _seats)
        {
            hash.Add(seat);
        }

        return hash.ToHashCode();
    }

    /// <summary>The seats with commas between them, such as <c>commander#1, reviewer#1</c>.</summary>
    public override string ToString() => string.Join(", ", Names);

    private static Seats From(List<Seat> seats) =>
        seats.Count == 0 ? None : new Seats([.. seats.Distinct().Order()]);
}
