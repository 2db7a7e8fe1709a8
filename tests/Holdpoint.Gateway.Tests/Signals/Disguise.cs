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
        ("tag characters", static t => Map(t, static c => char.ConvertFromUtf32(0xE0000 + c))),
    ];

    private static string Long(string text) => "Please note: " + text + " (and so on)";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(string text, string end) => string.Join(end, text.Chunk(11).Select(static c => new string(c)));

    private static string Map(string text, Func<char, string> map) => string.Concat(text.Select(map));

    private static string Swap(string text, string from, string to) =>
        string.Concat(
            text.Select(c => from.IndexOf(c) is >= 0 and var index ? to.Substring(index, 1) : c.ToString(CultureInfo.InvariantCulture)));
}
