using System.Globalization;
using System.Text;

namespace Holdpoint.Cli.Holds;

/// <summary>
/// Text of strangers for a terminal. What would move the cursor, hide text or turn it round is written out, so that people see what they
/// sign and nothing else.
/// </summary>
internal static class Visible
{
    /// <summary>The text with every invisible character but space, tab and line feed as <c>\u{…}</c>; empty for null.</summary>
    public static string Text(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !IsInvisible(rune))
            {
                visible.Append(rune.ToString());
            }
            else
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return visible.ToString();
    }

    /// <summary>The same on one line, whatever is in it.</summary>
    public static string Line(string? text) => Text(text).Replace("\n", "\\u{A}", StringComparison.Ordinal);

    /// <summary>The same on lines of their own, each behind a bar, so that no text passes for ours.</summary>
    public static string Block(string? text) => "  | " + Text(text).Replace("\n", "\n  | ", StringComparison.Ordinal);

    /// <summary>
    /// Whether it is not to be seen, or does something else than being seen: by its category, or because it is a letter or mark that fonts
    /// leave out (Default_Ignorable_Code_Point of UAX #44: joiners, fillers, variation selectors), or a pattern of no dots.
    /// </summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
