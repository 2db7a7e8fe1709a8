using Holdpoint.Log;

namespace Holdpoint.Evidence;

/// <summary>
/// The name of one posted envelope: the SHA-256 of its bytes exactly as they were posted, written
/// <c>sha256:</c> and 64 lower-case hex digits.
/// </summary>
/// <param name="Digest">The SHA-256 of the posted bytes.</param>
/// <remarks>
/// The same statement can be wrapped in envelopes of different bytes (white space, base64 alphabet) and then has several ids, but only one
/// <see cref="Verification.VerifiedStatement.StatementDigest"/> and only one
/// <see cref="Verification.VerifiedStatement.CanonicalId"/>.
/// </remarks>
public readonly record struct EvidenceId(Hash Digest)
{
    private const string Prefix = "sha256:";

    /// <summary>The id of an envelope.</summary>
    public static EvidenceId Of(ReadOnlySpan<byte> envelope) => new(Hash.Of(envelope));

    /// <summary>Reads <c>sha256:…</c>; upper case, white space and other algorithms are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EvidenceId id)
    {
        id = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Hash.TryParseHex(text[Prefix.Length..], out var digest))
        {
            return false;
        }

        id = new(digest);
        return true;
    }

    /// <summary>The id as <c>sha256:…</c>.</summary>
    public override string ToString() => Prefix + Digest.ToHex();
}
