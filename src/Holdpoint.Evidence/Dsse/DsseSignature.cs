namespace Holdpoint.Evidence.Dsse;

/// <summary>One signature of an envelope.</summary>
/// <param name="KeyId">
/// A hint which key made it; empty when not given. It is not signed: it may narrow which keys to try and decides nothing.
/// </param>
/// <param name="Bytes">The signature, in a form that signer and verifier know (ours: Ed25519, 64 bytes).</param>
public readonly record struct DsseSignature(string KeyId, ReadOnlyMemory<byte> Bytes);
