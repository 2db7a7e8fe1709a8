namespace Holdpoint.Agreements;

/// <summary>A tool whose effect the parties agreed on.</summary>
/// <param name="Deployment">The deployment in which the tool may be used under this registration.</param>
/// <param name="Name">The name by which the model calls the tool.</param>
/// <param name="DefinitionDigest">
/// SHA-256 of the tool's whole definition in RFC 8785 form, in lower hex: a changed definition is another tool.
/// </param>
/// <param name="Effect">The effect that the tool can have.</param>
public sealed record RegisteredTool(string Deployment, string Name, string DefinitionDigest, EffectClass Effect);
