namespace Holdpoint.Log.Notes;

/// <summary>One signature line of a note, verified or not.</summary>
/// <param name="Name">The signer's key name.</param>
/// <param name="KeyId">The signer's key id.</param>
/// <param name="Signature">The bytes after the key id; what they are depends on the key's type.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);
