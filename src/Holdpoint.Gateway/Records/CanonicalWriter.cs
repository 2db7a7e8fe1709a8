using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Holdpoint.Log.Json;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// Writes RFC 8785 JSON directly: the caller gives the members in sorted order, this does the escapes and numbers. Not
/// thread-safe; reused to save the buffer.
/// </summary>
internal sealed class CanonicalWriter
{
    private byte[] _buffer = new byte[2_048];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Bytes that fit without growing.</summary>
    public int Capacity => _buffer.Length;

    public void Clear() => Length = 0;

    /// <summary>Clears it, and overwrites what was written.</summary>
    public void Erase()
    {
        _buffer.AsSpan(0, Length).Clear();
        Length = 0;
    }

    /// <summary>Bytes as they are: punctuation, names, values that are known to need no escape.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A string value with its quotes.</summary>
    /// <exception cref="ArgumentException">The text has an unpaired surrogate: it is not Unicode and cannot be canonical.</exception>
    public void String(string text)
    {
        Byte((byte)'"');
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is >= 0 and var plain)
        {
            Text(rest[..plain]);
            Escape(rest[plain]);
            rest = rest[(plain + 1)..];
        }

        Text(rest);
        Byte((byte)'"');
    }

    /// <summary>A string value that needs no escape, with its quotes.</summary>
    public void Plain(ReadOnlySpan<byte> text)
    {
        var quoted = Reserve(text.Length + 2);
        quoted[0] = (byte)'"';
        text.CopyTo(quoted[1..]);
        quoted[text.Length + 1] = (byte)'"';
        Length += text.Length + 2;
    }

    /// <summary>A moment as a string value: UTC, to the millisecond, such as <c>2026-03-01T12:00:00.000Z</c>.</summary>
    public void Time(DateTimeOffset time)
    {
        // The format "O" has a fast path of its own and seven digits after the point, of which three are wanted.
        Span<byte> text = stackalloc byte[28];
        time.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        Plain(text[..24]);
    }

    /// <summary>An integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside ±(2^53 − 1).</exception>
    public void Integer(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, RecordProfile.MaxInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -RecordProfile.MaxInteger);
        value.TryFormat(Reserve(20), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Unpadded base64url (RFC 4648 §5), without quotes.</summary>
    public void Base64(ReadOnlySpan<byte> bytes) =>
        Length += Base64Url.EncodeToUtf8(bytes, Reserve(Base64Url.GetEncodedLength(bytes.Length)));

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private void Text(ReadOnlySpan<char> text) => Length += Strict.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    private void Byte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    private void Escape(char c)
    {
        ReadOnlySpan<byte> escaped = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => [],
        };
        if (escaped.IsEmpty)
        {
            Raw("\\u00"u8);
            Raw([(byte)('0' + (c >> 4)), "0123456789abcdef"u8[c & 15]]);
        }
        else
        {
            Raw(escaped);
        }
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - Length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, Length + bytes));
        }

        return _buffer.AsSpan(Length);
    }
}
