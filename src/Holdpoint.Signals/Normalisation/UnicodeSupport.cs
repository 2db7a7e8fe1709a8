using System.Globalization;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>Whether this process can normalise text at all.</summary>
/// <remarks>
/// In globalization-invariant mode, or without ICU, .NET leaves text as it is and reports no error: every disguise would pass. So the
/// host asks at start and does not serve without it; <see cref="Detectors"/> cannot be built without it either.
/// </remarks>
internal static class UnicodeSupport
{
    /// <summary>True when compatibility decomposition, letter case and categories work as Unicode says, on samples of each.</summary>
    public static bool IsComplete() =>
        Decomposes("\uFF21", "A")               // fullwidth
        && Decomposes("\u00E9", "e\u0301")      // precomposed
        && Decomposes("\uFB03", "ffi")          // ligature
        && Decomposes("\U0001D4D0", "A")        // mathematical script, beyond the first plane
        && Decomposes("\u2460", "1")            // circled digit
        && char.ToLowerInvariant('\u0416') == '\u0436'
        && CharUnicodeInfo.GetUnicodeCategory(0xE0100) == UnicodeCategory.NonSpacingMark
        && CharUnicodeInfo.GetDecimalDigitValue("\u0663", 0) == 3;

    private static bool Decomposes(string text, string into)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD) == into;
        }
        catch (PlatformNotSupportedException) // some builds of .NET refuse rather than ignore
        {
            return false;
        }
    }
}
