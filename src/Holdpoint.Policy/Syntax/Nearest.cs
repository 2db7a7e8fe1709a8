namespace Holdpoint.Policy.Syntax;

/// <summary>Finds the word that was probably meant. Thread-safe.</summary>
public static class Nearest
{
    private const int FarthestDistance = 3;

    // Nobody misspells a short word into a long one; and the work stays small for any input.
    private const int LongestWord = 40;

    /// <summary>
    /// The nearest of the known words, by Levenshtein's distance without regard to case; the first of several that are as near.
    /// </summary>
    /// <param name="word">The word as written. One of more than 40 characters is near to none.</param>
    /// <param name="known">The words that exist.</param>
    /// <param name="farthest">The most edits of one character, at least 0.</param>
    /// <returns>Null when none is that near.</returns>
    public static string? Find(ReadOnlySpan<char> word, IEnumerable<string> known, int farthest)
    {
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var bestDistance = farthest + 1;
        foreach (var candidate in word.Length > LongestWord ? [] : known)
        {
            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <returns><c>did you mean `…`?</c> with the nearest of the words, or null when none is near.</returns>
    internal static string? Suggest(ReadOnlySpan<char> word, IEnumerable<string> known) =>
        Find(word, known, Math.Min(FarthestDistance, (word.Length / 2) + 1)) is { } best ? $"did you mean `{best}`?" : null;

    /// <summary>Levenshtein's distance, letters compared without case.</summary>
    private static int Distance(ReadOnlySpan<char> a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var substitute = diagonal + (char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substitute, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[b.Length];
    }
}
