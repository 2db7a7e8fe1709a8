using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>Decodes the escapes of JSON strings (RFC 8259 §7) whose syntax a JSON reader has already checked.</summary>
internal static class EscapedText
{
    /// <summary>
    /// Decodes <paramref name="raw"/> into <paramref name="target"/>, which must be at least as long: decoding never lengthens.
    /// </summary>
    /// <returns>False when an escape is half of a surrogate pair: such text is not Unicode, and readers read it differently.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> raw, Span<byte> target, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(target[written..]);
                written += raw.Length;
                return true;
            }

            raw[..plain].CopyTo(target[written..]);
            written += plain;
            raw = raw[plain..];
            if (raw[1] != (byte)'u')
            {
                target[written++] = Short(raw[1]);
                raw = raw[2..];
                continue;
            }

            int first = Hex(raw[2..6]);
            raw = raw[6..];
            if (!char.IsSurrogate((char)first))
            {
                written += new Rune(first).EncodeToUtf8(target[written..]);
                continue;
            }

            if (!char.IsHighSurrogate((char)first) || raw.Length < 6 || raw[0] != (byte)'\\' || raw[1] != (byte)'u'
                || !Rune.TryCreate((char)first, (char)Hex(raw[2..6]), out var rune))
            {
                return false;
            }

            written += rune.EncodeToUtf8(target[written..]);
            raw = raw[6..];
        }
    }

    private static byte Short(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }
}
