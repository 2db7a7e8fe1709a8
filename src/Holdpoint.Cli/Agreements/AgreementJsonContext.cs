using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdpoint.Cli.Agreements;

/// <summary><c>agreement tools --json</c> (docs/reference/agreement.md).</summary>
/// <param name="Format">The form that the tools were read in: <c>chat</c>, <c>responses</c> or <c>anthropic</c>.</param>
/// <param name="Tools">What to register.</param>
internal sealed record ToolsAnswer(string Format, ToolAnswer[] Tools);

/// <summary>One tool to register.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Name">The name by which its calls go.</param>
/// <param name="Digest">Lower hex of the SHA-256 of its definition in RFC 8785 form.</param>
/// <param name="Effect">The class that was asked for.</param>
/// <param name="RunByProvider">Whether the provider runs it.</param>
internal sealed record ToolAnswer(string Deployment, string Name, string Digest, string Effect, bool RunByProvider);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToolsAnswer))]
internal sealed partial class AgreementJsonContext : JsonSerializerContext
{
}
