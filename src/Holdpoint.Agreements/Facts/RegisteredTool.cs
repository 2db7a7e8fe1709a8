namespace Holdpoint.Agreements;

/// <summary>A tool whose effect the parties agreed on.</summary>
/// <param name="Deployment">Where it may be used under this registration.</param>
/// <param name="Name">The name that the model calls it by.</param>
/// <param name="DefinitionDigest">
/// Lower hex of the SHA-256 of its whole definition in RFC 8785 form: a changed definition is another tool.
/// </param>
/// <param name="Effect">What it can set off.</param>
public sealed record RegisteredTool(string Deployment, string Name, string DefinitionDigest, EffectClass Effect);
