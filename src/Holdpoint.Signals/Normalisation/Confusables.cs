using System.Collections.Frozen;
using System.Globalization;

namespace Holdpoint.Signals.Normalisation;

/// <summary>Letters of other scripts, and Latin letters with strokes and hooks, that a reader takes for a plain Latin letter.</summary>
/// <remarks>
/// The idea of a skeleton is that of UTS #39 section 4; the choice is Holdpoint's own: only letters drawn like a Latin letter in common
/// fonts, so that phrases written in those scripts stay distinct. Compatibility forms (fullwidth, mathematical, circled) are not here: NFKD
/// brings them to ASCII. Upper and lower case are listed apart, because Η looks like H while η looks like n. <see cref="LetterRows"/> has
/// more letters of the kind, <see cref="LookAlikes"/> those that stand for a Latin letter in phrases only.
/// </remarks>
internal static class Confusables
{
    private static readonly string[] Rows =
    [
        "a: а А α Α ɑ ᴀ Ꭺ ꓮ ⱥ Ⱥ",
        "b: Ь ь в В Β β ʙ Ᏼ ꓐ ƅ Ƅ ƀ Ƀ ɓ Ɓ",
        "c: с С ϲ Ϲ ᴄ Ꮯ ꓚ ƈ Ƈ ȼ Ȼ ҫ Ҫ",
        "d: ԁ Ԁ đ Đ ð Ð ɗ Ɗ ɖ Ɖ ᴅ Ꭰ ꓓ",
        "e: е Е ε Ε є Є ҽ Ҽ ɛ Ɛ ᴇ Ꭼ ꓰ ɇ Ɇ ℮",
        "f: ƒ Ƒ ꜰ ꓝ ғ Ғ ք",
        "g: ɡ ց ɢ Ꮐ ꓖ ԍ Ԍ ǥ Ǥ ɠ Ɠ",
        "h: һ Һ հ Η н Н ʜ Ꮋ ꓧ ħ Ħ ћ Ћ ђ ɦ",
        "i: і І ι Ι ɪ ı Ꭵ ɩ Ɩ ɨ Ɨ",
        "j: ј Ј ϳ ᴊ Ꭻ ꓙ ȷ ɉ Ɉ",
        "k: к К κ Κ ᴋ Ꮶ ꓗ қ Қ ҝ Ҝ ҟ Ҟ ƙ Ƙ",
        "l: ӏ Ӏ ʟ Ꮮ ꓡ ꓲ ł Ł ɫ ƚ Ƚ ɭ ǀ ∣",
        "m: м М Μ ᴍ Ꮇ ꓟ ɱ",
        "n: п ո ռ Ν ɴ ꓠ η ŋ Ŋ ɲ Ɲ ƞ",
        "o: о О ο Ο σ օ Օ ᴏ ø Ø ɵ Ɵ ө Ө ꓳ",
        "p: р Р ρ Ρ ᴘ Ꮲ ꓑ ƿ ƥ Ƥ",
        "q: ԛ Ԛ զ գ ɋ Ɋ",
        "r: г ʀ Ꭱ ꓣ ɾ ɼ ɍ Ɍ",
        "s: ѕ Ѕ ꜱ Ꮪ ꓢ ƨ Ƨ ʂ տ",
        "t: т Т τ Τ ᴛ Ꭲ ꓔ ŧ Ŧ ƭ Ƭ ţ",
        "u: υ ս Ս ᴜ ꓴ ʊ Ʊ μ",
        "v: ν ѵ Ѵ ᴠ Ꮩ ꓦ ʋ ∨",
        "w: ԝ Ԝ ω ш Ш ա ѡ Ѡ ᴡ Ꮃ ꓪ",
        "x: х Х χ Χ ꓫ × ҳ Ҳ",
        "y: у У γ Υ ү Ү ұ Ұ ʏ Ꮍ ꓬ ɏ Ɏ ƴ Ƴ",
        "z: ᴢ Ζ Ꮓ ꓜ ʐ ƶ Ƶ ȥ Ȥ",
        "ae: æ Æ ӕ Ӕ",
        "oe: œ Œ",
        "ss: ß ẞ",
        "th: þ Þ",
        "-: ‐ ‑ ‒ – — ― − ⁃ ˗",
        "': ‘ ’ ‚ ‛ ʼ ʹ ′",
        "\": “ ” „ ‟ ″ « »",
        ".: 。 ․ · ٫ ۔",
        ",: 、 ، ؍",
        ":: ∶ ː ։ ׃",
        ";: ؛",
        "/: ∕ ⁄ ⧸",
        "+: ➕",
        "|: ￨ │ ┃ ❘",
    ];

    private static readonly FrozenDictionary<int, string> Skeletons = Read();

    /// <summary>The ASCII text that the scalar is taken for, or null.</summary>
    public static string? SkeletonOf(int codePoint) => codePoint switch
    {
        0x2800 => " ", // a braille cell without dots
        >= 0x1F150 and <= 0x1F169 => Letter(codePoint - 0x1F150), // white letters in black circles
        >= 0x1F170 and <= 0x1F189 => Letter(codePoint - 0x1F170), // and in black squares
        >= 0x1F1E6 and <= 0x1F1FF => Letter(codePoint - 0x1F1E6), // regional indicators
        _ => Skeletons.GetValueOrDefault(codePoint),
    };

    private static string Letter(int index) => ((char)('a' + index)).ToString();

    private static FrozenDictionary<int, string> Read()
    {
        Dictionary<int, string> skeletons = [];
        foreach (var row in Rows.Concat(LetterRows.Latin).Concat(LetterRows.BeyondFirstPlane))
        {
            var colon = row.IndexOf(": ", StringComparison.Ordinal);
            foreach (var element in row[(colon + 2)..].Split(' '))
            {
                // A letter may be listed once: a second skeleton for it would be a mistake in the table.
                skeletons.Add(char.ConvertToUtf32(element, 0), row[..colon]);
                if (new StringInfo(element).LengthInTextElements != 1)
                {
                    throw new InvalidOperationException($"Confusables: '{element}' is not one letter.");
                }
            }
        }

        return skeletons.ToFrozenDictionary();
    }
}
