using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A principal as the log knows it. The pseudonym is a salted commitment to the principal's name with one salt for all its records: the
/// same in each, and without the salt, which is private and can be shredded, nobody can compute it.
/// </summary>
internal sealed class Pseudonym
{
    private volatile bool _isStored;
    private volatile bool _isShredded;

    /// <param name="id">Number in the private tables, from 1.</param>
    /// <param name="deployment">The deployment that the principal is in.</param>
    /// <param name="principal">The principal's own name.</param>
    /// <param name="salt">16 random bytes of its own.</param>
    public Pseudonym(long id, string deployment, string principal, byte[] salt)
    {
        Id = id;
        Deployment = deployment;
        Principal = principal;
        Salt = salt;
        Span<byte> digest = stackalloc byte[Disclosure.DigestLength];
        Disclosure.Write(
            salt, "principal", JsonSerializer.SerializeToUtf8Bytes(principal, RecordJson.Default.String), new CanonicalWriter(), digest);
        Text = Encoding.ASCII.GetString(digest);
    }

    public long Id { get; }

    public string Deployment { get; }

    public string Principal { get; }

    public byte[] Salt { get; }

    /// <summary>The pseudonym as records give it: 43 characters of base64url.</summary>
    public string Text { get; }

    /// <summary>Its row is durable.</summary>
    public bool IsStored => _isStored;

    /// <summary>Its private part was deleted; no further record may use its pseudonym.</summary>
    public bool IsShredded => _isShredded;

    public void MarkStored() => _isStored = true;

    public void MarkShredded()
    {
        _isShredded = true;
        CryptographicOperations.ZeroMemory(Salt);
    }
}
