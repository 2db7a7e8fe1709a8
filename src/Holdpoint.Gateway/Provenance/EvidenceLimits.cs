namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Limits on the evidence that the gateway keeps. Each is of one party, one key or one client, so that nobody fills another's room; a
/// revocation of what is here needs none (ADR 0033). The parties, keys and clients are those of the agreement and the configuration, so
/// that the whole is finite too.
/// </summary>
internal sealed record EvidenceLimits
{
    /// <summary>Most statements of one party that could still hold. Default 20,000: ten a day for five years.</summary>
    public int Statements { get; init; } = 20_000;

    /// <summary>Most chunk digests in all of a party's statements. Default 2,000,000: 64 MB of memory, 200 full statements.</summary>
    public int ChunkDigests { get; init; } = 2_000_000;

    /// <summary>
    /// Most ids of further envelopes of known statements that are kept for one client. Default 20,000: one of every statement of a party,
    /// some 6 MB of memory. Anybody can wrap a valid statement anew (white space, base64 alphabet) without its issuer's key, so what a
    /// client posts beyond makes the gateway forget the oldest of that client, and refuses nothing.
    /// </summary>
    public int CopiesPerPoster { get; init; } = 20_000;

    /// <summary>
    /// Most digests that one key has revoked and that are of nothing here. Default 40,000: every statement of a party before it is posted,
    /// by both of its digests.
    /// </summary>
    public int RevokedInAdvance { get; init; } = 40_000;
}
