namespace Holdpoint.Wire;

/// <summary>A tool as an agreement registers it.</summary>
/// <param name="Name">The name that the tool's calls carry.</param>
/// <param name="DefinitionDigest">SHA-256 of the tool's definition in RFC 8785 form, in lower hex.</param>
/// <param name="RunByProvider">
/// Whether the provider runs the tool, so that the tool is decided before a call that offers it is forwarded.
/// </param>
public sealed record ListedTool(string Name, string DefinitionDigest, bool RunByProvider);
