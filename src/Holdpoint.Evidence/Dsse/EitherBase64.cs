using System.Buffers;
using System.Buffers.Text;

namespace Holdpoint.Evidence.Dsse;

/// <summary>
/// RFC 4648 base64, standard (§4, padded) or URL-safe (§5, padded or not): DSSE signers may use either and verifiers must accept either.
/// White space, mixed alphabets and stray bits in the last digit are refused, so one value has few texts.
/// </summary>
internal static class EitherBase64
{
    private static readonly SearchValues<char> UrlSafeOnly = SearchValues.Create("-_");

    public static byte[]? Decode(string text)
    {
        byte[] bytes;
        if (text.AsSpan().ContainsAny(UrlSafeOnly))
        {
            var digits = text.TrimEnd('=');
            if (digits.Length != text.Length && (text.Length % 4 != 0 || text.Length - digits.Length > 2))
            {
                return null;
            }

            bytes = new byte[Base64Url.GetMaxDecodedLength(digits.Length)];
            // Not TryDecodeFromChars, which throws on a character outside the alphabet.
            return Base64Url.DecodeFromChars(digits, bytes, out _, out var length) == OperationStatus.Done
                && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == digits
                ? bytes[..length]
                : null;
        }

        bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && Convert.ToBase64String(bytes.AsSpan(0, written)) == text
            ? bytes[..written]
            : null;
    }
}
