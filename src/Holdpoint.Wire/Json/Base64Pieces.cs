using System.Buffers;
using System.Buffers.Text;

namespace Holdpoint.Wire.Json;

/// <summary>Checks pieces of sound and pictures that stream in base64 (RFC 4648 §4).</summary>
internal static class Base64Pieces
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>
    /// The text in a piece: all of it where it is not base64, and what it encodes where that is text; empty where it is opaque bytes. A
    /// piece may be cut anywhere, so that its last one to three characters can be left over.
    /// </summary>
    public static ReadOnlyMemory<byte> TextIn(ReadOnlyMemory<byte> piece)
    {
        if (piece.Span.ContainsAnyExcept(Alphabet))
        {
            return piece;
        }

        var whole = piece[..(piece.Length / 4 * 4)];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(whole.Length)];
        return Base64.DecodeFromUtf8(whole.Span, bytes, out _, out var written) == OperationStatus.Done
            ? Base64Rule.IsText(bytes.AsSpan(0, written)) ? bytes.AsMemory(0, written) : default(ReadOnlyMemory<byte>)
            : piece;
    }
}
