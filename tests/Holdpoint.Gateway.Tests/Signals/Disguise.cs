using System.Globalization;
using System.Net;
using System.Text;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>Ways to write a text so that a reader or a model still reads it, and a plain search does not.</summary>
internal static class Disguise
{
    public static IReadOnlyList<(string Name, Func<string, string> Apply)> All { get; } =
    [
        ("none", static t => t),
        ("upper case", static t => t.ToUpperInvariant()),
        ("fullwidth", static t => Map(t, static c => c is > ' ' and < '\u007F' ? ((char)(c - 0x20 + 0xFF00)).ToString() : c.ToString())),
        ("mathematical", static t => Map(t, static c => c is >= 'a' and <= 'z' ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString())),
        ("circled", static t => Map(t, static c => c is >= 'a' and <= 'z' ? ((char)(0x24D0 + c - 'a')).ToString() : c.ToString())),
        ("squared", static t => Map(t, static c => c is >= 'a' and <= 'z' ? char.ConvertFromUtf32(0x1F170 + c - 'a') : c.ToString())),
        ("Cyrillic", static t => Swap(t, "aceiopsxyhkmt", "асеіорѕхуһкмт")),
        ("Greek", static t => Swap(t, "aionpvwk", "αιοηρνωκ")),
        ("Greek capitals", static t => Swap(t, "abehikmnoptxyz", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")),
        ("zero width", static t => Map(t, static c => c + "\u200B")),
        ("soft hyphens and joiners", static t => Map(t, static c => c + "\u00AD\u2060\uFE0F")),
        ("combining marks", static t => Map(t, static c => char.IsLetter(c) ? c + "\u0336\u0301" : c.ToString())),
        ("named and numeric references", static t => Map(t, static c => $"&#{(int)c};")),
        ("hexadecimal references without semicolon", static t => Map(
            t, static c => char.IsLetter(c) ? $"&#x{(int)c:X}" + "\u200B" : c.ToString())),
        ("references of references", static t => WebUtility.HtmlEncode(Map(t, static c => $"&#{(int)c};"))),
        ("JSON escapes", static t => Map(t, static c => $"\\u{(int)c:x4}")),
        ("JSON escapes escaped", static t => Map(t, static c => $"\\\\u{(int)c:X4}")),
        ("hexadecimal escapes", static t => Map(t, static c => $"\\x{(int)c:x2}")),
        ("braced escapes", static t => Map(t, static c => $"\\u{{{(int)c:x}}}")),
        ("long escapes", static t => Map(t, static c => $"\\U{(int)c:x8}")),
        ("percent", static t => Map(t, static c => $"%{(int)c:X2}")),
        ("percent of fullwidth", static t => Uri.EscapeDataString(Map(
            t, static c => c is > ' ' and < '\u007F' ? ((char)(c - 0x20 + 0xFF00)).ToString() : c.ToString()))),
        ("base64", static t => Base64(Long(t))),
        ("base64url without padding", static t => Base64(Long(t)).TrimEnd('=').Replace('+', '-').Replace('/', '_')),
        ("base64 in lines", static t => Lines(Base64(Long(t)), "\r\n")),
        ("base64 in indented lines", static t => Lines(Base64(Long(t)), "\n    ")),
        ("base64 with escaped line ends", static t => Lines(Base64(Long(t)), "\\n")),
        ("base64 with something glued to it", static t => "zQ9" + Base64(Long(t))),
        ("base64 of UTF-16", static t => Convert.ToBase64String(Encoding.Unicode.GetBytes(Long(t)))),
        ("base64 of base64", static t => Base64(Base64(Long(t)))),
        ("base64 of base64 of base64", static t => Base64(Base64(Base64(Long(t))))),
        ("base64 of JSON escapes", static t => Base64(Map(Long(t), static c => $"\\u{(int)c:x4}"))),
        ("base64 of homoglyphs", static t => Base64(Swap(Long(t), "aceiops", "асеіорѕ"))),
        ("octal", static t => Map(t, static c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'))),
        ("octal as echo has it", static t => Map(t, static c => "\\0" + Convert.ToString(c, 8).PadLeft(3, '0'))),
        ("quoted-printable", static t => Map(t, static c => $"={(int)c:X2}")),
        ("quoted-printable, vowels and spaces", static t => Map(
            t, static c => "aeiou ".Contains(c, StringComparison.Ordinal) ? $"={(int)c:X2}" : c.ToString())),
        ("quoted-printable with soft line breaks", static t => Lines(t, "=\r\n", 3)),
        ("double-struck references", static t => Map(t, static c => char.IsLetter(c) ? $"&{c}opf;" : "&VeryThinSpace;")),
        ("references without semicolon", static t => t
            .Replace("a", "&aacute", StringComparison.Ordinal).Replace("o", "&ograve", StringComparison.Ordinal)),
        ("references that nobody knows between words", static t => t.Replace(
            " ", "&CounterClockwiseContourIntegral;", StringComparison.Ordinal)),
        ("tags between words", static t => t.Replace(" ", "</b> <i class='a > b' title=\"x\">", StringComparison.Ordinal)),
        ("tags inside words", static t => Map(t, static c => $"{c}<span id={c}></span>")),
        ("comments", static t => t.Replace(" ", " <!-- no > such -- thing --> ", StringComparison.Ordinal)),
        ("tags in references", static t => t.Replace(" ", "&lt;br/&gt;", StringComparison.Ordinal)),
        ("a page of line ends", static t => t.Replace(" ", new('\n', 700), StringComparison.Ordinal)),
        ("blanks of all kinds", static t => t.Replace(
            " ", string.Concat(Enumerable.Repeat("\u3000\u2003 \t\u2800\u00A0\u1680\r\n", 60)), StringComparison.Ordinal)),
        ("rings", static t => t.Replace('o', '○')),
        ("degrees", static t => t.Replace('o', '°')),
        ("kana", static t => Swap(t, "oaeinrtkyx", "のムヒノ刀尺トズリメ")),
        ("ideographs", static t => Swap(t, "abcefhkmnoprstuwxyz", "卂乃匚乇千卄片爪几口卩尺丂丁凵山乂丫乙")),
        ("Coptic", static t => Swap(t, "abekmnoprtwx", "ⲁⲃⲉⲕⲙⲛⲟⲣⲅⲧⲱⲭ")),
        ("Gothic", static t => Spell(t, "𐌰𐌱c𐌳𐌴𐍆𐌲𐌷𐌹𐌾𐌺𐌻𐌼𐌽𐍉𐍀𐌵𐍂𐍃𐍄𐌿v𐍅𐍇y𐌶")),
        ("Cherokee", static t => Swap(t, "abcdehijklmprstvwyz", "ᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᎩᏃ")),
        ("Lisu, turned", static t => Swap(t, "abcdefgjklrtvu", "ꓯꓭꓛꓷꓱꓞꓨꓩꓘꓶꓤꓕꓥꓵ")),
        ("Tifinagh", static t => Swap(t, "otenxi", "ⵔⵜⴹⵏⵅⵉ")),
        ("Canadian syllabics", static t => Swap(t, "abcdefghjlmnpqrsuvwxz", "ᗩᗷᑕᗪᗴᖴᘜᕼᒍᒪᗰᑎᑭᑫᖇᔕᑌᐯᗯ᙭ᘔ")),
        ("turned", static t => Swap(t, "acefghikmrtvwy", "ɐɔǝɟƃɥᴉʞɯɹʇʌʍʎ")),
        ("mirrored Cyrillic", static t => Swap(t, "rnw", "Яищ")),
        ("Thai and Hebrew", static t => Swap(t, "aehnoprsw", "คєһภ๏קгรฬ")),
        ("base64 in quoted mail", static t => "> " + Lines(Base64(Long(t)), "\r\n> > ")),
        ("base64 in groups", static t => Lines(Base64(Long(t)), " ", 4)),
        ("base64 in groups between commas", static t => Lines(Base64(Long(t)), ", ", 10)),
        ("base64 in strings that code joins", static t => "\"" + Lines(Base64(Long(t)), "\" + \"", 8) + "\""),
        ("base64 in strings joined without spaces", static t => "\"" + Lines(Base64(Long(t)), "\"+\"", 20) + "\""),
        ("base64 word by word", static t => string.Join(' ', Long(t).Split(' ').Select(Base64))),
        ("variation selectors", static t => Map(t, static c => char.ConvertFromUtf32(0xE0100 + c - 16))),
        ("tag characters", static t => Map(t, static c => char.ConvertFromUtf32(0xE0000 + c))),
    ];

    private static string Long(string text) => "Please note: " + text + " (and so on)";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(string text, string end, int length = 11) =>
        string.Join(end, text.Chunk(length).Select(static c => new string(c)));

    private static string Spell(string text, string alphabet)
    {
        var letters = alphabet.EnumerateRunes().Select(static r => r.ToString()).ToArray();
        return Map(text, c => c is >= 'a' and <= 'z' ? letters[c - 'a'] : c.ToString());
    }

    private static string Map(string text, Func<char, string> map) => string.Concat(text.Select(map));

    private static string Swap(string text, string from, string to) =>
        string.Concat(
            text.Select(c => from.IndexOf(c) is >= 0 and var index ? to.Substring(index, 1) : c.ToString(CultureInfo.InvariantCulture)));
}
