using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements.Loading;

/// <summary>Suggests the name that was probably meant by a name that does not exist.</summary>
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

        return Nearest.Find(name, names, Math.Min(Farthest, Math.Max(2, name.Length / 3))) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"use one of: {string.Join(", ", names.Take(40))}";
    }
}
