using System.Collections.Immutable;
using Holdpoint.Evidence.Dsse;

namespace Holdpoint.Evidence.Trust;

/// <summary>
/// All the keys that one agreement trusts. A key belongs to one issuer and so to one party: were the key listed twice, the author of a
/// statement would depend on who asks. Immutable, thread-safe.
/// </summary>
public sealed class TrustedIssuers
{
    /// <summary>
    /// The maximum number of issuers of one agreement: a signature without a known key id costs a verification for each of them.
    /// </summary>
    public const int MaxCount = 1_000;

    /// <exception cref="ArgumentException">
    /// There are too many issuers, or two of one name or of one key; <see cref="FaultIn"/> tells beforehand.
    /// </exception>
    public TrustedIssuers(IEnumerable<Issuer> issuers)
    {
        All = [.. issuers];
        if (FaultIn(All) is { } fault)
        {
            throw new ArgumentException(fault, nameof(issuers));
        }
    }

    /// <summary>No issuers: no evidence can be valid.</summary>
    public static TrustedIssuers None { get; } = new([]);

    /// <summary>The issuers, in the agreement's order.</summary>
    public ImmutableArray<Issuer> All { get; }

    /// <summary>The reason that these cannot be the issuers of one agreement, or null.</summary>
    public static string? FaultIn(IReadOnlyCollection<Issuer> issuers)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        return issuers.Count > MaxCount ? $"more than {MaxCount} issuers"
            : issuers.GroupBy(i => i.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { Key: var name }
                ? $"the issuer name {name} is given twice"
            : issuers.GroupBy(i => i.Key).FirstOrDefault(g => g.Count() > 1) is { } same
                ? $"the issuers {string.Join(" and ", same.Select(i => i.Name))} have the same key"
            : null;
    }

    /// <summary>The issuer whose key made the signature, whatever the issuer may issue; null when no issuer's key did.</summary>
    internal Issuer? SignerOf(ReadOnlySpan<byte> encoding, DsseSignature signature)
    {
        // The hint narrows the keys to try when it is one of ours, and otherwise says nothing: it is not signed.
        var hinted = All.FirstOrDefault(i => i.HasKeyId(signature.KeyId));
        if (hinted is not null)
        {
            return hinted.Key.Verify(encoding, signature.Bytes.Span) ? hinted : null;
        }

        foreach (var issuer in All)
        {
            if (issuer.Key.Verify(encoding, signature.Bytes.Span))
            {
                return issuer;
            }
        }

        return null;
    }
}
