using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Log;

/// <summary>
/// RFC 4648 §4 base64 with exactly one text per value: padded, no white space, no stray bits in the last digit. The framework's
/// decoder allows white space, which would let two texts stand for one signature.
/// </summary>
internal static class StrictBase64
{
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0)
        {
            return false;
        }

        var padding = text.EndsWith("==") ? 2 : text.EndsWith("=") ? 1 : 0;
        var decoded = new byte[(text.Length / 4 * 3) - padding];
        if (!Convert.TryFromBase64Chars(text, decoded, out var written) || written != decoded.Length
            || !text.SequenceEqual(Convert.ToBase64String(decoded)))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
