using Holdpoint.Log;

namespace Holdpoint.Gateway.Identity;

/// <summary>The owner of a key. A key identifies; it attests nothing about where the caller runs.</summary>
/// <param name="KeyDigest">SHA-256 of the key's UTF-8 text; the key itself is nowhere.</param>
/// <param name="Deployment">The registered workload, as the agreement names it.</param>
/// <param name="Principal">The person or service within it.</param>
/// <param name="Person">The natural person behind the key; null for a service.</param>
/// <param name="Rights">What the key may do.</param>
internal sealed record Client(Hash KeyDigest, string Deployment, string Principal, string? Person, Rights Rights)
{
    /// <summary>Whether another configuration has the same client behind the same key, with no right less.</summary>
    public bool IsStill(Client known) =>
        (known.Deployment, known.Principal, known.Person) == (Deployment, Principal, Person) && known.May(Rights);

    public bool May(Rights right) => (Rights & right) == right;
}
