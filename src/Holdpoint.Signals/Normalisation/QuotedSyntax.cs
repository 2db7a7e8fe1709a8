using System.Numerics;

namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Finds where ASCII text may have an escape of quoted-printable, which begins with a sign that most text has for other things.
/// </summary>
internal static class QuotedSyntax
{
    /// <summary>
    /// The number of chars, at most <paramref name="limit"/>, before the first <c>=HH</c>, or before what may become one behind the end of
    /// the text.
    /// </summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="char"/>.</typeparam>
    public static int IndexIn<T>(ReadOnlySpan<T> text, int limit)
        where T : unmanaged, IBinaryInteger<T>
    {
        limit = Math.Min(limit, text.Length);
        for (var at = 0; at < limit; at++)
        {
            var found = text[at..limit].IndexOf(T.CreateTruncating('='));
            if (found < 0)
            {
                break;
            }

            at += found;
            if (MayBeDigit(text, at + 1) && MayBeDigit(text, at + 2))
            {
                return at;
            }
        }

        return limit;
    }

    private static bool MayBeDigit<T>(ReadOnlySpan<T> text, int at)
        where T : unmanaged, IBinaryInteger<T> => at >= text.Length || char.IsAsciiHexDigit((char)int.CreateTruncating(text[at]));
}
