using Holdpoint.Log;

namespace Holdpoint.Evidence.InToto;

/// <summary>A subject of a statement: an in-toto resource descriptor with a name and a SHA-256, the only digest that is accepted.</summary>
/// <param name="Name">
/// A file's name or another name for people; null when not given. The name decides nothing: subjects are matched by digest.
/// </param>
/// <param name="Digest">SHA-256 of the whole: of a file's bytes, or for a revocation of the envelope or statement that is revoked.</param>
public readonly record struct StatementSubject(string? Name, Hash Digest);
