using System.Globalization;
using System.Numerics;

namespace Holdpoint.Log.Signing;

/// <summary>
/// What makes 32 bytes fit to be a public key, checked once when it is loaded (RFC 8032 §5.1.3, ADR 0020). OpenSSL takes any 32 bytes as a
/// key, among them points of small order, for which one signature fits many messages.
/// </summary>
internal static class Ed25519Point
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Modulo(-121665 * BigInteger.ModPow(121666, P - 2, P));

    // The y coordinates of the eight points whose order divides 8 (github.com/C2SP/CCTV, ed25519): 1, −1, 0 and two of order 8, which are
    // each other's negatives.
    private static readonly BigInteger OrderEightY =
        BigInteger.Parse(
            "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly BigInteger[] SmallOrderY = [BigInteger.Zero, BigInteger.One, P - 1, OrderEightY, P - OrderEightY];

    /// <summary>Null when the encoding is canonical, on the curve and not of small order; else what is wrong with it.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Size];
        encoded.CopyTo(bytes);
        bytes[^1] &= 0x7f; // the sign of x
        var y = new BigInteger(bytes, isUnsigned: true);

        if (y >= P)
        {
            return "the Ed25519 key is not canonical: y is not below 2^255 − 19";
        }

        if (SmallOrderY.Contains(y))
        {
            return "the Ed25519 key is a point of small order";
        }

        // x² = (y² − 1) / (d·y² + 1) must be a square: Euler's criterion. d·y² + 1 is never 0, because −1/d is not a square.
        var ySquared = Modulo(y * y);
        var xSquared = Modulo((ySquared - 1) * BigInteger.ModPow(Modulo((D * ySquared) + 1), P - 2, P));
        return BigInteger.ModPow(xSquared, (P - 1) / 2, P).IsOne ? null : "the Ed25519 key is not a point of the curve";
    }

    private static BigInteger Modulo(BigInteger value) => ((value % P) + P) % P;
}
