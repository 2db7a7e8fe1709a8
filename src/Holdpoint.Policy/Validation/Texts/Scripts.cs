using System.Text;

namespace Holdpoint.Policy.Validation.Texts;

/// <summary>The scripts of texts (UAX 24, Unicode 16.0), and whether a text has a single one (UTS 39, section 5.1).</summary>
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
            if (rune.IsAscii)
            {
                // Letters are Latin; everything else goes with every script.
                if (!Rune.IsLetter(rune))
                {
                    continue;
                }
            }

            var scripts = rune.IsAscii ? "Latn" : OfCodePoints.Value.Find(rune.Value);
            if (scripts is null)
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
