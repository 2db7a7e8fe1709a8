using System.Text;

namespace Holdpoint.Policy.Validation.Texts;

/// <summary>The scripts of texts (UAX 24, Unicode 17.0), and whether a text has a single one (UTS 39, section 5.1).</summary>
internal static class Scripts
{
    private const string Common = "Zyyy";
    private const string Inherited = "Zinh";

    private static readonly Lazy<CodePointRanges> OfCodePoints = new(() => CodePointRanges.Read("unicode-scripts.txt"));

    /// <summary>
    /// Whether there is one writing system that has all characters. Chinese with Bopomofo, Japanese and Korean are writing systems of
    /// several scripts. A character that is not assigned is in none.
    /// </summary>
    public static bool IsSingleScript(string text)
    {
        HashSet<string>? shared = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) is not { } scripts)
            {
                return false;
            }

            if (scripts is Common or Inherited)
            {
                continue;
            }

            var systems = WritingSystems(scripts);
            if (shared is null)
            {
                shared = systems;
            }
            else
            {
                shared.IntersectWith(systems);
            }

            if (shared.Count == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The scripts of a character, by their short names, between blanks; null when it is not assigned.</summary>
    public static string? Of(Rune rune)
    {
        // Of ASCII the letters are Latin, and everything else goes with every script.
        return !rune.IsAscii ? OfCodePoints.Value.Find(rune.Value) : Rune.IsLetter(rune) ? "Latn" : Common;
    }

    private static HashSet<string> WritingSystems(string scripts)
    {
        var systems = new HashSet<string>(scripts.Split(' '), StringComparer.Ordinal);
        if (systems.Contains("Hani"))
        {
            systems.UnionWith(["Hanb", "Jpan", "Kore"]);
            return systems;
        }

        if (systems.Contains("Hira") || systems.Contains("Kana"))
        {
            systems.Add("Jpan");
        }

        if (systems.Contains("Hang"))
        {
            systems.Add("Kore");
        }

        if (systems.Contains("Bopo"))
        {
            systems.Add("Hanb");
        }

        return systems;
    }
}
