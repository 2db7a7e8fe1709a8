using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Holdpoint.Log.Signing;

namespace Holdpoint.Log.Notes;

/// <summary>
/// A witness's timestamped Ed25519 signature of a checkpoint (C2SP tlog-cosignature, <c>timestamped_signature</c>): 8 bytes of POSIX
/// seconds, big-endian, then the signature.
/// </summary>
/// <param name="UnixSeconds">When the witness signed; 0 to 2^63 − 1.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record Cosignature(long UnixSeconds, ReadOnlyMemory<byte> Signature)
{
    private const int TimestampSize = 8;

    /// <summary>Reads what follows the key id in a signature line; false for another length or a time past 2^63 − 1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> signature, [NotNullWhen(true)] out Cosignature? cosignature)
    {
        cosignature = null;
        if (signature.Length != TimestampSize + Ed25519PublicKey.SignatureSize)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadInt64BigEndian(signature);
        if (seconds < 0)
        {
            return false;
        }

        cosignature = new(seconds, signature[TimestampSize..].ToArray());
        return true;
    }

    /// <summary>The bytes that the witness signed for a checkpoint whose note text is <paramref name="text"/>.</summary>
    public byte[] MessageFor(ReadOnlySpan<byte> text)
    {
        var header = string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {UnixSeconds}\n");
        return [.. Encoding.ASCII.GetBytes(header), .. text];
    }
}
