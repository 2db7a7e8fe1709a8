namespace Holdpoint.Log.Notes;

/// <summary>
/// The signature types that we verify, with their identifier bytes (C2SP signed-note, "Signature types"). The others (ECDSA, RFC 6962
/// tree heads, ML-DSA-44) are refused: the specification asks to support only what is needed (ADR 0020).
/// </summary>
public enum NoteKeyType : byte
{
    /// <summary>0x01: Ed25519 over the note's text.</summary>
    Ed25519 = 0x01,

    /// <summary>0x04: a witness's timestamped Ed25519 cosignature of a checkpoint (C2SP tlog-cosignature).</summary>
    Cosignature = 0x04,
}
