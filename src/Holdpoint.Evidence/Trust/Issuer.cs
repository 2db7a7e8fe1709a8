using System.Collections.Immutable;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Trust;

/// <summary>
/// A key that an agreement trusts, with its party, the predicates and deployments that it may speak about, and its last day. Immutable.
/// </summary>
public sealed class Issuer
{
    private readonly string _keyId;
    private readonly DateTimeOffset _end;

    /// <param name="name">The name, unique in its agreement, that clauses and records use.</param>
    /// <param name="party">The party that answers for statements that the key signs.</param>
    /// <param name="key">The issuer's public key.</param>
    /// <param name="predicates">The predicates that the issuer may issue; at least one.</param>
    /// <param name="until">The last day on which the key is trusted, to the end of that day in UTC.</param>
    /// <param name="deployments">The deployments that the issuer may speak about; empty for all of the agreement's.</param>
    /// <param name="person">The id of the one person that the key signs for; null when the key is not a person's.</param>
    /// <exception cref="ArgumentException">A name is empty, or there is no predicate.</exception>
    public Issuer(
        string name, string party, Ed25519PublicKey key, ImmutableArray<PredicateType> predicates, DateOnly until,
        ImmutableArray<string> deployments = default, string? person = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(party);
        ArgumentNullException.ThrowIfNull(key);
        if (predicates.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An issuer that may say nothing is a mistake.", nameof(predicates));
        }

        Name = name;
        Party = party;
        Key = key;
        Predicates = predicates;
        Until = until;
        Deployments = deployments.IsDefault ? [] : deployments;
        Person = person;
        KeyDigest = Hash.Of(key.Bytes);
        _keyId = KeyId.Of(key);
        _end = until == DateOnly.MaxValue
            ? DateTimeOffset.MaxValue
            : new DateTimeOffset(until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
    }

    /// <summary>The name, unique in its agreement.</summary>
    public string Name { get; }

    /// <summary>The party that answers for the issuer.</summary>
    public string Party { get; }

    /// <summary>The public key.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>SHA-256 of the public key's 32 bytes: what a revocation names the key by (ADR 0143).</summary>
    public Hash KeyDigest { get; }

    /// <summary>The predicates that the issuer may issue.</summary>
    public ImmutableArray<PredicateType> Predicates { get; }

    /// <summary>The last day (UTC) on which the issuer is trusted.</summary>
    public DateOnly Until { get; }

    /// <summary>The deployments that the issuer may speak about; empty for all.</summary>
    public ImmutableArray<string> Deployments { get; }

    /// <summary>The person that the key signs for, or null.</summary>
    public string? Person { get; }

    /// <summary>Whether the issuer may issue this predicate.</summary>
    public bool MayIssue(PredicateType predicate) => Predicates.Contains(predicate);

    /// <summary>Whether the issuer may speak about this deployment.</summary>
    public bool MaySpeakFor(string deployment) => Deployments.IsEmpty || Deployments.Contains(deployment, StringComparer.Ordinal);

    /// <summary>Whether the issuer is trusted at this time.</summary>
    public bool IsTrustedAt(DateTimeOffset now) => now < _end;

    internal bool HasKeyId(string keyId) => keyId == _keyId;
}
