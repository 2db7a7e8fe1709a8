namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Marks for the letter of a one-letter escape. <c>\n</c> is a line end, or a backslash before a word that begins with n: phrases are
/// looked for in both readings, so a stray backslash hides nothing. Behind the escape's character, the text carries a mark that only the
/// second reading sees.
/// </summary>
/// <remarks>The marks are the noncharacters from U+FDD0 on, which no text may contain; one in the text itself is read as U+FFFD.</remarks>
internal static class EscapeLetters
{
    private const char First = '\uFDD0';
    private const string Letters = "nrtbfvae0";
    private const string Meanings = "\n\r\t\b\f\v\a\u001B\0";

    /// <summary>The character that the letter means after a backslash, or -1.</summary>
    public static int MeaningOf(int letter) => IndexOf(letter) is >= 0 and var index ? Meanings[index] : -1;

    /// <summary>The mark of a letter that has a meaning.</summary>
    public static char MarkOf(int letter) => (char)(First + IndexOf(letter));

    /// <summary>Whether the value is a mark (or another noncharacter of that block).</summary>
    public static bool IsMark(int value) => value is >= First and <= '\uFDEF';

    /// <summary>The letter behind a mark.</summary>
    public static char LetterOf(char mark) => mark - First < Letters.Length ? Letters[mark - First] : '\uFFFD';

    private static int IndexOf(int letter) => letter <= char.MaxValue ? Letters.IndexOf((char)letter) : -1;
}
