using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Holdpoint.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Holdpoint.Gateway.Identity;

/// <summary>Finds the client of a request by its key. Immutable and thread-safe.</summary>
/// <remarks>
/// Keys are compared by SHA-256: what an attacker could learn from the time of a dictionary look-up is about digests of his own guesses.
/// </remarks>
internal sealed class ClientRegistry(ImmutableArray<Client> clients)
{
    /// <summary>Longest key looked at, in characters; the ones that <c>keygen client</c> prints have under 64.</summary>
    private const int MaxKeyChars = 512;

    private const string Bearer = "Bearer ";

    private readonly FrozenDictionary<Hash, Client> _byDigest = clients.ToFrozenDictionary(c => c.KeyDigest);

    /// <summary>
    /// The client that the request's key names, as providers take keys: <c>Authorization: Bearer</c> or <c>x-api-key</c>.
    /// Null where there is no key, more than one, or one that nobody has.
    /// </summary>
    public Client? Identify(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        var apiKey = headers["x-api-key"];
        if (authorization.Count + apiKey.Count != 1)
        {
            return null;
        }

        return authorization.Count == 1 ? FindBearer(authorization) : Find(apiKey[0]);
    }

    /// <summary>The client of a key, by the key's SHA-256; null where nobody has it.</summary>
    public Client? Find(Hash keyDigest) => _byDigest.GetValueOrDefault(keyDigest);

    /// <summary>Whether the person has a key for the principal, whatever the key may do.</summary>
    public bool IsPersonOf(string deployment, string principal, string person) =>
        _byDigest.Values.Any(client => client.Deployment == deployment && client.Principal == principal && client.Person == person);

    private Client? FindBearer(StringValues authorization) =>
        authorization[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? Find(value.AsSpan(Bearer.Length).Trim())
            : null;

    private Client? Find(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || key.Length > MaxKeyChars)
        {
            return null;
        }

        Span<byte> utf8 = stackalloc byte[MaxKeyChars * 3];
        return _byDigest.GetValueOrDefault(Hash.Of(utf8[..Encoding.UTF8.GetBytes(key, utf8)]));
    }
}
