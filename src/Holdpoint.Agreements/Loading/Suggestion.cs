namespace Holdpoint.Agreements.Loading;

/// <summary>Finds what was probably meant by a name that does not exist.</summary>
internal static class Suggestion
{
    // Farther than this, or than a third of a word (and two letters swapped), is another word rather than a slip of the finger.
    private const int Farthest = 3;

    /// <summary>A sentence that names the nearest known name, or else lists them.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return "nothing of this kind is listed yet; add it first";
        }

        var nearest = names.MinBy(candidate => Distance(name, candidate))!;
        return Distance(name, nearest) <= Math.Min(Farthest, Math.Max(2, name.Length / 3))
            ? $"did you mean '{nearest}'?"
            : $"use one of: {string.Join(", ", names.Take(40))}";
    }

    /// <summary>Edits of one character that turn one into the other.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Farthest)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + cost, Math.Min(row[j - 1], row[j]) + 1));
            }
        }

        return row[^1];
    }
}
