namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Limits on the evidence that the gateway keeps. Evidence beyond them is refused when posted; nothing is forgotten to make room.
/// </summary>
internal sealed record EvidenceLimits
{
    /// <summary>Most statements that could still hold. Default 20,000: ten a day for five years.</summary>
    public int Statements { get; init; } = 20_000;

    /// <summary>Most chunk digests in all of them. Default 2,000,000: 64 MB of memory, 200 full statements.</summary>
    public int ChunkDigests { get; init; } = 2_000_000;

    /// <summary>
    /// Most envelopes of one statement. Default 4: anyone can wrap a valid statement anew (white space, base64 alphabet) and post it under
    /// a new id without its issuer's key, so copies must not fill the catalog.
    /// </summary>
    public int EnvelopesPerStatement { get; init; } = 4;

    /// <summary>Most revoked digests. Default 200,000: every statement ten times over.</summary>
    public int RevokedDigests { get; init; } = 200_000;
}
