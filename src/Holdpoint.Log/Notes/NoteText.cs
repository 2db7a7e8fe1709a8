using System.Text;
using System.Text.Unicode;

namespace Holdpoint.Log.Notes;

/// <summary>The characters that C2SP signed-note allows, in one place for readers and writers alike.</summary>
internal static class NoteText
{
    /// <summary>Valid UTF-8 without control characters below U+0020 other than newline.</summary>
    public static bool IsAllowed(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        foreach (var b in utf8)
        {
            if (b < 0x20 && b != (byte)'\n')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Not empty, no Unicode space, no plus; and no control character, since the name stands in a note.</summary>
    public static bool IsKeyName(string name) =>
        name.Length > 0
        && !name.EnumerateRunes().Any(r => Rune.IsWhiteSpace(r) || Rune.IsControl(r) || r.Value == '+' || r == Rune.ReplacementChar);
}
