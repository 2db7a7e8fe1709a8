using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Holdpoint.Log.Signing;

namespace Holdpoint.Log;

/// <summary>
/// SHA-256 by the OpenSSL that the framework uses too, with the algorithm looked up once instead of at each hash: most hashes of a log are
/// of a few hundred bytes, where that look-up costs more than the hash. Pure, thread-safe.
/// </summary>
internal static unsafe partial class Sha256
{
    // An EVP_MD, kept to the process's end. 0 where this OpenSSL is missing or has none to give; then the framework is asked.
    private static readonly nint Algorithm = Fetch();

    /// <summary>Writes the hash of <paramref name="data"/> to the first 32 bytes of <paramref name="digest"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter.</exception>
    public static void HashData(ReadOnlySpan<byte> data, Span<byte> digest) => HashData(Algorithm, data, digest);

    /// <summary>The same, with an algorithm of OpenSSL's; 0 for the framework's own.</summary>
    internal static void HashData(nint algorithm, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digest.Length, Hash.Size, nameof(digest));
        if (algorithm != 0)
        {
            fixed (byte* from = data, to = digest)
            {
                if (Digest(from, (nuint)data.Length, to, null, algorithm, 0) == 1)
                {
                    return;
                }
            }

            LibCrypto.ClearErrors();
        }

        SHA256.HashData(data, digest);
    }

    private static nint Fetch()
    {
        try
        {
            return FetchDigest(0, "SHA256", null);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("libcrypto.so.3", EntryPoint = "EVP_MD_fetch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FetchDigest(nint context, string algorithm, string? properties);

    [LibraryImport("libcrypto.so.3", EntryPoint = "EVP_Digest")]
    private static partial int Digest(byte* data, nuint count, byte* digest, uint* size, nint algorithm, nint engine);
}
