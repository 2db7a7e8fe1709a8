namespace Holdpoint.Wire;

/// <summary>A tool as an agreement registers it.</summary>
/// <param name="Name">The name by which its calls go.</param>
/// <param name="DefinitionDigest">Lower hex of the SHA-256 of its definition in RFC 8785 form.</param>
/// <param name="RunByProvider">Whether the provider runs it, so that it is decided before a call that offers it is forwarded.</param>
public sealed record ListedTool(string Name, string DefinitionDigest, bool RunByProvider);
