using System.Security.Cryptography;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// The salts of commitments. The random generator's cost is per call, some microseconds whatever it is asked for, so each thread asks for
/// many salts at once. A salt is given out once, and forgotten here as it is. Thread-safe.
/// </summary>
internal static class Salts
{
    // 64 salts: those of some twenty calls.
    private const int ReserveBytes = 64 * Disclosure.SaltBytes;

    [ThreadStatic]
    private static byte[]? Reserve;

    [ThreadStatic]
    private static int Left;

    /// <summary>Fills <paramref name="salt"/> with <see cref="Disclosure.SaltBytes"/> random bytes, used for nothing else.</summary>
    public static void Take(Span<byte> salt)
    {
        var reserve = Reserve ??= new byte[ReserveBytes];
        if (Left == 0)
        {
            RandomNumberGenerator.Fill(reserve);
            Left = ReserveBytes;
        }

        Left -= Disclosure.SaltBytes;
        var next = reserve.AsSpan(Left, Disclosure.SaltBytes);
        next.CopyTo(salt);
        next.Clear();
    }
}
