using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Holdpoint.Signals;

/// <summary>The kind of well-formed text that identifies a person.</summary>
public enum IdentifierKind : byte
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number.</summary>
    Phone,

    /// <summary>A social security number of the United States.</summary>
    SocialSecurityNumber,

    /// <summary>The number of a mobile device.</summary>
    Imei,

    /// <summary>The number of a mobile subscriber.</summary>
    Imsi,

    /// <summary>The number of a payment card.</summary>
    PaymentCard,

    /// <summary>An international bank account number.</summary>
    Iban,

    /// <summary>A passport number in a field for it, or shortly after the word.</summary>
    Passport,

    /// <summary>A name in a field for names (JSON key, column, form line). Names in prose are not detected.</summary>
    Name,

    /// <summary>A latitude with its longitude; also a location.</summary>
    Coordinates,
}

/// <summary>One identifier of a person: its kind and a digest of its canonical text, equal wherever the same identifier appears.</summary>
/// <param name="Kind">The kind; equal text of different kinds is not equal.</param>
/// <param name="Key">
/// The first 128 bits of SHA-256 over kind and canonical text: stable across parts, calls and processes, and hard to make collide on
/// purpose. The key is unkeyed, so a phone number can be guessed from it: as private as the text itself.
/// </param>
public readonly record struct Identifier(IdentifierKind Kind, UInt128 Key)
{
    /// <summary>
    /// The maximum length of canonical text, in UTF-16 code units; longer text is cut (an e-mail address has at most 320).
    /// </summary>
    public const int MaxChars = 384;

    /// <summary>
    /// The identifier of a canonical text: folded, in one letter case for each kind. Text beyond <see cref="MaxChars"/> is ignored.
    /// </summary>
    public static Identifier Of(IdentifierKind kind, ReadOnlySpan<char> canonical)
    {
        if (canonical.Length > MaxChars)
        {
            canonical = canonical[..MaxChars];
        }

        Span<byte> bytes = stackalloc byte[1 + (3 * MaxChars)];
        bytes[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(canonical, bytes[1..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], digest);
        return new(kind, BinaryPrimitives.ReadUInt128BigEndian(digest));
    }
}
