namespace Holdpoint.Evidence.Dsse;

/// <summary>One signature of an envelope.</summary>
/// <param name="KeyId">
/// A hint to the key that made the signature; empty when not given. The hint is not signed: it may narrow the keys to try and decides
/// nothing.
/// </param>
/// <param name="Bytes">The signature, in a form that signer and verifier know (Holdpoint's: Ed25519, 64 bytes).</param>
public readonly record struct DsseSignature(string KeyId, ReadOnlyMemory<byte> Bytes);
