using System.Text;
using System.Text.Unicode;

namespace Holdpoint.Wire.Json;

/// <summary>
/// The text of a file, read as leniently as whatever will show it to a model: a byte that fits no encoding must not hide all others.
/// Formats that are not text (pictures, sound, PDF, archives) have none. Linear in the file.
/// </summary>
internal static class FileText
{
    // The signatures of formats that are not text, though much of a file can look like text: IANA media types, and the archives' own.
    private static readonly byte[][] Signatures =
    [
        "%PDF-"u8.ToArray(), [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], "GIF8"u8.ToArray(),
        "RIFF"u8.ToArray(), "PK\x03\x04"u8.ToArray(), [0x1F, 0x8B], "OggS"u8.ToArray(), "fLaC"u8.ToArray(), "ID3"u8.ToArray(),
        [0xD0, 0xCF, 0x11, 0xE0], "II*\0"u8.ToArray(), "MM\0*"u8.ToArray(),
    ];

    // Windows-1252 (WHATWG Encoding) from 0x80 to 0x9F; the rest of it is Latin-1. What it leaves out is U+FFFD.
    private const string Windows1252 =
        "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD"
        + "\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    // Two letters with a zero each can be a number, and in a few bytes of anything most can be letters by chance.
    private const int MinUnits = 4;
    private const int MinBytes = 16;

    // Of a hundred bytes of a text that nobody declared to be one: so few control characters are in none of the formats above.
    private const int MostlyText = 90;

    // Of a hundred letters of a text with spaces: few for any language that has them, and many for bytes that are no text.
    private const int MostGaps = 3;

    /// <summary>Reads a file that is not plain UTF-8.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="isTextual">Whether its media type says that it is text.</param>
    /// <returns>UTF-8, or nothing where the file is not text.</returns>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> file, bool isTextual)
    {
        if (file.IsEmpty || (!isTextual && (file.Length < MinBytes || IsSigned(file))))
        {
            return default;
        }

        var wide = WideEncodingOf(file, isTextual, out var isPlain);
        if (wide is not null && isPlain)
        {
            return Without(wide.GetString(file));
        }

        var shares = Shares.Of(file);
        if (wide is null && !isTextual && (shares.Text + shares.Wide) * 100L < (long)MostlyText * file.Length)
        {
            return default;
        }

        // A stray byte in UTF-8 is a stray byte; a text in which fewer bytes make sense as UTF-8 than not is in that of old Windows.
        var narrow = shares.High <= shares.Wide ? Encoding.UTF8.GetString(file) : Windows1252Of(file);

        // A mark can lie, and spaces with zeros can stand in a text of bytes: both readings are text then.
        return Without(wide is null ? narrow : $"{wide.GetString(file)}\n{narrow}");
    }

    private static string Windows1252Of(ReadOnlySpan<byte> file) => string.Create(file.Length, file, static (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bytes[i] is >= 0x80 and < 0xA0 ? Windows1252[bytes[i] - 0x80] : (char)bytes[i];
        }
    });

    private static bool IsSigned(ReadOnlySpan<byte> file)
    {
        foreach (var signature in Signatures)
        {
            if (file.StartsWith(signature))
            {
                return true;
            }
        }

        return file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8);
    }

    /// <summary>The encoding of units of two or four bytes, by its mark or by where its zeros and spaces are.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isTextual">Whether its media type says that it is text; else two bytes are no proof.</param>
    /// <param name="isPlain">Whether its units can be nothing else: mostly letters of ASCII or Latin-1.</param>
    private static Encoding? WideEncodingOf(ReadOnlySpan<byte> file, bool isTextual, out bool isPlain)
    {
        isPlain = false;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || file.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            return new UTF32Encoding(bigEndian: file[0] == 0, byteOrderMark: true);
        }

        for (var low = 0; low < 2 && !(Utf8.IsValid(file) && !file.Contains((byte)0)); low++)
        {
            var isMarked = file.StartsWith(low == 0 ? [0xFF, 0xFE] : (ReadOnlySpan<byte>)[0xFE, 0xFF]);
            var (plain, gaps) = WideShares(file, low);
            isPlain = plain >= MostlyText;
            if (isPlain || (isMarked && isTextual) || ((isMarked || isTextual) && gaps >= MostGaps))
            {
                return low == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode;
            }
        }

        return null;
    }

    /// <summary>
    /// Of a hundred units of two bytes, with the low byte at that place, those that are letters with a zero beside them, and those that are
    /// spaces: in other scripts only spaces and line ends have a zero.
    /// </summary>
    private static (int Plain, int Gaps) WideShares(ReadOnlySpan<byte> file, int low)
    {
        var units = file.Length / 2;
        if (units < MinUnits)
        {
            return default;
        }

        long plain = 0, gaps = 0;
        for (var i = 0; i < units; i++)
        {
            var (unit, page) = (file[(i * 2) + low], file[(i * 2) + 1 - low]);
            plain += page == 0 && IsText(unit) ? 1 : 0;
            gaps += page == 0 && unit is (byte)' ' or (byte)'\n' or (byte)',' ? 1 : 0;
        }

        // One space can be there by chance.
        return ((int)(plain * 100 / units), gaps < 2 ? 0 : (int)(gaps * 100 / units));
    }

    private static bool IsText(byte b) => b is >= (byte)' ' and not 0x7F or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';

    private static ReadOnlyMemory<byte> Without(string text) =>
        Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal).TrimStart('\uFEFF'));

    /// <summary>The bytes of a file by what they can be.</summary>
    /// <param name="Text">ASCII that is text.</param>
    /// <param name="Wide">Bytes of valid UTF-8 sequences of more than one byte.</param>
    /// <param name="High">Other bytes from 0x80.</param>
    /// <param name="Nul">Zeros.</param>
    private readonly record struct Shares(int Text, int Wide, int High, int Nul)
    {
        public static Shares Of(ReadOnlySpan<byte> file)
        {
            int text = 0, wide = 0, high = 0, nul = 0;
            while (!file.IsEmpty)
            {
                var length = 1;
                if (file[0] < 0x80)
                {
                    text += IsText(file[0]) ? 1 : 0;
                    nul += file[0] == 0 ? 1 : 0;
                }
                else if (Rune.DecodeFromUtf8(file, out _, out length) == System.Buffers.OperationStatus.Done)
                {
                    wide += length;
                }
                else
                {
                    high += length;
                }

                file = file[length..];
            }

            return new(text, wide, high, nul);
        }
    }
}
