using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Log.Signing;

/// <summary>
/// An Ed25519 public key that was checked when it was loaded: 32 bytes, y canonical, on the curve, not of small order.
/// Immutable, compared by value, thread-safe.
/// </summary>
/// <remarks>
/// The rule for signatures (ADR 0020): the cofactorless equation of RFC 8032 §5.1.7 as OpenSSL computes it, S below the group's order, R
/// compared byte by byte (so a non-canonical R never verifies).
/// </remarks>
public sealed class Ed25519PublicKey : IEquatable<Ed25519PublicKey>
{
    /// <summary>Length of a key in bytes: 32.</summary>
    public const int Size = 32;

    /// <summary>Length of a signature in bytes: 64.</summary>
    public const int SignatureSize = 64;

    private readonly byte[] _bytes;

    private Ed25519PublicKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The 32 bytes of RFC 8032 §5.1.2.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Checks <paramref name="bytes"/> and makes them a key; otherwise says what is wrong in <paramref name="fault"/>.</summary>
    public static bool TryFromBytes(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Ed25519PublicKey? key, [NotNullWhen(false)] out string? fault)
    {
        fault = bytes.Length == Size ? Ed25519Point.FaultOf(bytes) : $"an Ed25519 key has {Size} bytes, not {bytes.Length}";
        key = fault is null ? new(bytes.ToArray()) : null;
        return key is not null;
    }

    /// <summary>As <see cref="TryFromBytes"/>, for bytes that the caller made itself.</summary>
    /// <exception cref="ArgumentException">The bytes are no acceptable key.</exception>
    public static Ed25519PublicKey FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var key, out var fault) ? key : throw new ArgumentException(fault, nameof(bytes));

    /// <summary>
    /// Whether <paramref name="signature"/> (64 bytes; any other length is false) is this key's over <paramref name="message"/>.
    /// </summary>
    public unsafe bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize)
        {
            return false;
        }

        // An empty span pins to null, which OpenSSL may take for "no message given"; one spare byte gives it an address.
        ReadOnlySpan<byte> spare = [0];
        fixed (byte* keyBytes = _bytes)
        fixed (byte* messageBytes = message.IsEmpty ? spare : message)
        fixed (byte* signatureBytes = signature)
        {
            // A handle per verification: making it costs a hundredth of the verification, and the key needs no disposal.
            using var key = new LibCrypto.KeyHandle(LibCrypto.NewRawPublicKey(LibCrypto.Ed25519, 0, keyBytes, Size));
            var context = LibCrypto.NewContext();
            try
            {
                var verified = !key.IsInvalid
                    && context != 0
                    && LibCrypto.VerifyInit(context, 0, 0, 0, key) == 1
                    && LibCrypto.Verify(context, signatureBytes, SignatureSize, messageBytes, (nuint)message.Length) == 1;
                if (!verified)
                {
                    LibCrypto.ClearErrors();
                }

                return verified;
            }
            finally
            {
                LibCrypto.FreeContext(context);
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(Ed25519PublicKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ed25519PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary>Base64 of the 32 bytes.</summary>
    public override string ToString() => Convert.ToBase64String(_bytes);
}
