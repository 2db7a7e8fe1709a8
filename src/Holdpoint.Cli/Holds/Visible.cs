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

    /// <summary>The same on lines of their own, each behind a bar, so that no text passes for ours.</summary>
    public static string Block(string? text) => "  | " + Text(text).Replace("\n", "\n  | ", StringComparison.Ordinal);

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
