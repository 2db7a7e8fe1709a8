using System.Globalization;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>The folding of each Unicode scalar before detectors see it: NFKD without marks, case folded, look-alikes as Latin.</summary>
/// <remarks>
/// Because all combining marks are removed, folding needs no context: the folding of a text is the foldings of its scalars, one after the
/// other, so it is the same however a stream is cut. NFKD and NFKC differ only in those marks. ASCII letters keep their case (base64 needs
/// it); readers compare without it. Pages of 256 scalars are computed when first met. Thread-safe.
/// </remarks>
internal static class Folding
{
    private const string NotText = "\uFFFD";
    private static readonly string[]?[] Pages = new string[]?[0x1100];

    /// <summary>The folded text of one scalar; empty for a scalar that a reader does not see.</summary>
    public static string Of(int codePoint)
    {
        var page = Volatile.Read(ref Pages[codePoint >> 8]);
        if (page is null)
        {
            page = new string[256];
            for (var low = 0; low < 256; low++)
            {
                page[low] = Compute((codePoint & ~0xFF) | low);
            }

            Volatile.Write(ref Pages[codePoint >> 8], page);
        }

        return page[codePoint & 0xFF];
    }

    /// <summary>The folded text of a whole string, for phrases and field names.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            folded.Append(Of(rune.Value));
        }

        return folded.ToString();
    }

    private static string Compute(int codePoint)
    {
        if (codePoint < 0x80)
        {
            return codePoint is >= 0x20 and < 0x7F or '\t' or '\n' ? ((char)codePoint).ToString()
                : codePoint is '\r' or '\v' or '\f' ? "\n"
                : "";
        }

        if (IsIgnorable(codePoint) || codePoint is >= 0xD800 and <= 0xDFFF)
        {
            return "";
        }

        if (codePoint is 0x85 or 0x2028 or 0x2029)
        {
            return "\n";
        }

        var text = char.ConvertFromUtf32(codePoint);
        if (Confusables.SkeletonOf(codePoint) is { } skeleton)
        {
            return skeleton;
        }

        if (CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        {
            return NotText;
        }

        var folded = new StringBuilder(2);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii)
        {
            folded.Append((char)rune.Value);
            return;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control:
                return;
            case UnicodeCategory.SpaceSeparator:
                folded.Append(' ');
                return;
            case UnicodeCategory.DecimalDigitNumber:
                folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                return;
            case UnicodeCategory.DashPunctuation:
                folded.Append('-');
                return;
        }

        // Through upper case first: that unites what has one upper-case form (final sigma, long s), as full case folding does.
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        folded.Append(Confusables.SkeletonOf(rune.Value) ?? Confusables.SkeletonOf(lower.Value) ?? lower.ToString());
    }

    // Default_Ignorable_Code_Point of the Unicode Character Database, written as ranges.
    private static bool IsIgnorable(int c) => c is 0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);
}
