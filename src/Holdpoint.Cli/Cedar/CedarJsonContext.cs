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

/// <summary>The answer of <c>cedar validate --json</c> (docs/reference/cedar-validation.md).</summary>
/// <param name="Valid">Whether there are no errors.</param>
/// <param name="Errors">What must be mended.</param>
/// <param name="Warnings">What should be looked at.</param>
internal sealed record CedarValidity(bool Valid, CedarFinding[] Errors, CedarFinding[] Warnings);

/// <summary>One finding of the validator.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Policy">The id of the policy or template.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Line">Line of the place, from 1; null, like the next three, where the policies are JSON.</param>
/// <param name="Column">Column of the place, from 1.</param>
/// <param name="Offset">The place in UTF-16 code units, from 0.</param>
/// <param name="Length">The length of the place.</param>
/// <param name="Suggestion">What to write instead.</param>
internal sealed record CedarFinding(
    string Code, string Policy, string Message, int? Line, int? Column, int? Offset, int? Length, string? Suggestion);

/// <summary>The answer of <c>cedar format --json</c> (docs/reference/cedar.md).</summary>
/// <param name="Formatted">The text; null when the policies do not parse.</param>
/// <param name="Changed">Whether it differs from what was given.</param>
/// <param name="Problems">Why there is no text.</param>
internal sealed record FormattedPolicies(string? Formatted, bool Changed, ParseProblem[] Problems);

/// <summary>The answer of <c>cedar check-parse --json</c> (docs/reference/cedar.md).</summary>
/// <param name="Valid">Whether everything given can be read.</param>
/// <param name="Policies">The number of static policies; null where none were given or they do not parse.</param>
/// <param name="Templates">The number of templates; null likewise.</param>
/// <param name="Links">The number of links of templates; null likewise.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record ParseCheck(bool Valid, int? Policies, int? Templates, int? Links, ParseProblem[] Problems);

/// <summary>The answer of <c>cedar translate-policy --json</c> (docs/reference/cedar.md).</summary>
/// <param name="Policies">The translation: an object, or a text; null when there is none.</param>
/// <param name="Problems">Why there is none.</param>
internal sealed record TranslatedPolicies(JsonElement? Policies, ParseProblem[] Problems);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CedarAnswer))]
[JsonSerializable(typeof(CorpusTally))]
[JsonSerializable(typeof(FormattedPolicies))]
[JsonSerializable(typeof(ParseCheck))]
[JsonSerializable(typeof(TranslatedPolicies))]
[JsonSerializable(typeof(TranslatedSchema))]
[JsonSerializable(typeof(CedarValidity))]
internal sealed partial class CedarJsonContext : JsonSerializerContext
{
}
