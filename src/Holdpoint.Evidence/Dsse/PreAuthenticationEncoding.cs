using System.Globalization;
using System.Text;

namespace Holdpoint.Evidence.Dsse;

/// <summary>
/// The bytes that a DSSE signature covers: <c>DSSEv1 LEN(type) type LEN(body) body</c>, lengths in bytes and decimal (DSSE protocol 1.0.2,
/// "Signature Definition"). Because of the lengths, no two pairs of type and body share an encoding.
/// </summary>
public static class PreAuthenticationEncoding
{
    /// <summary>The bytes to sign. Pure.</summary>
    public static byte[] Of(string payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(payloadType);
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "));
        return [.. head, .. payload];
    }
}
