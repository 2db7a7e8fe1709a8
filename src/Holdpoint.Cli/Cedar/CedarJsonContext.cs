using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdpoint.Cli.Cedar;

/// <summary>The answer of <c>cedar authorize --json</c> (docs/reference/cedar.md).</summary>
/// <param name="Decision"><c>allow</c> or <c>deny</c>.</param>
/// <param name="Reasons">Ids of the determining policies.</param>
/// <param name="Errors">Ids of the policies that could not be evaluated.</param>
internal sealed record CedarAnswer(string Decision, string[] Reasons, string[] Errors);

/// <summary>The answer of <c>cedar translate-schema --json</c> (docs/reference/cedar-schema.md).</summary>
/// <param name="Schema">The translation: an object, or a text in the Cedar syntax; null when there is none.</param>
/// <param name="Problems">Why there is none.</param>
internal sealed record TranslatedSchema(JsonElement? Schema, SchemaProblem[] Problems);

/// <summary>One fault of a schema.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Line">Line, from 1; null where the schema is JSON, whose place is in the message.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to write instead.</param>
internal sealed record SchemaProblem(string Code, int? Line, int? Column, string Message, string? Suggestion);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CedarAnswer))]
[JsonSerializable(typeof(CorpusTally))]
[JsonSerializable(typeof(TranslatedSchema))]
internal sealed partial class CedarJsonContext : JsonSerializerContext
{
}
