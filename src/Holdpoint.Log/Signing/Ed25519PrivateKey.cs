using System.Security.Cryptography;

namespace Holdpoint.Log.Signing;

/// <summary>An Ed25519 private key (RFC 8032). Thread-safe; dispose it to wipe the seed.</summary>
public sealed class Ed25519PrivateKey : IDisposable
{
    /// <summary>Length of a seed in bytes: 32.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly LibCrypto.KeyHandle _key;

    private Ed25519PrivateKey(byte[] seed, LibCrypto.KeyHandle key, Ed25519PublicKey publicKey)
    {
        _seed = seed;
        _key = key;
        PublicKey = publicKey;
    }

    /// <summary>The public half.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>A new key from the system's random numbers.</summary>
    public static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[SeedSize];
        RandomNumberGenerator.Fill(seed);
        var key = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>The key of a seed: the private key of RFC 8032 §5.1.5. The seed is copied.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    /// <exception cref="CryptographicException">OpenSSL would not make the key.</exception>
    public static unsafe Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"A seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        LibCrypto.KeyHandle key;
        fixed (byte* bytes = seed)
        {
            key = new(LibCrypto.NewRawPrivateKey(LibCrypto.Ed25519, 0, bytes, SeedSize));
        }

        Span<byte> publicKey = stackalloc byte[Ed25519PublicKey.Size];
        fixed (byte* bytes = publicKey)
        {
            nuint length = Ed25519PublicKey.Size;
            if (key.IsInvalid || LibCrypto.GetRawPublicKey(key, bytes, ref length) != 1)
            {
                key.Dispose();
                throw Failed("make a key");
            }
        }

        return new(seed.ToArray(), key, Ed25519PublicKey.FromBytes(publicKey));
    }

    /// <summary>The 64-byte signature over <paramref name="message"/>: deterministic, so the same message has the same signature.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    /// <exception cref="CryptographicException">OpenSSL failed.</exception>
    public unsafe byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519PublicKey.SignatureSize];
        nuint length = Ed25519PublicKey.SignatureSize;
        ReadOnlySpan<byte> spare = [0]; // as in Ed25519PublicKey.Verify: an empty message still needs an address
        fixed (byte* messageBytes = message.IsEmpty ? spare : message)
        fixed (byte* signatureBytes = signature)
        {
            var context = LibCrypto.NewContext();
            try
            {
                if (context == 0
                    || LibCrypto.SignInit(context, 0, 0, 0, _key) != 1
                    || LibCrypto.Sign(context, signatureBytes, ref length, messageBytes, (nuint)message.Length) != 1
                    || length != Ed25519PublicKey.SignatureSize)
                {
                    throw Failed("sign");
                }
            }
            finally
            {
                LibCrypto.FreeContext(context);
            }
        }

        return signature;
    }

    /// <summary>A copy of the seed, for writing a key file. The caller wipes it.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public byte[] ExportSeed()
    {
        ObjectDisposedException.ThrowIf(_key.IsClosed, this);
        return _seed.AsSpan().ToArray();
    }

    /// <summary>Wipes the seed and frees the key.</summary>
    public void Dispose()
    {
        _key.Dispose();
        CryptographicOperations.ZeroMemory(_seed);
    }

    private static CryptographicException Failed(string what)
    {
        LibCrypto.ClearErrors();
        return new($"OpenSSL could not {what} (Ed25519).");
    }
}
