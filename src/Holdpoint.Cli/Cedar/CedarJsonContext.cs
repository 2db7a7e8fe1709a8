using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdpoint.Cli.Cedar;

/// <summary>The answer of <c>cedar authorize --json</c> (docs/reference/cedar.md).</summary>
/// <param name="Decision"><c>allow</c> or <c>deny</c>.</param>
/// <param name="Reasons">Ids of the determining policies.</param>
/// <param name="Errors">Ids of the policies that could not be evaluated.</param>
internal sealed record CedarAnswer(string Decision, string[] Reasons, string[] Errors);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CedarAnswer))]
[JsonSerializable(typeof(CorpusTally))]
internal sealed partial class CedarJsonContext : JsonSerializerContext
{
}
