using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Cli.Cedar;

/// <summary>The verdicts on validation that a test states. A test of the public format states one, a scenario all of them.</summary>
/// <param name="IsValid">Whether the policies are strictly valid; null where nothing is said of them.</param>
/// <param name="Errors">In a scenario, the policies, templates and links with errors; else null.</param>
/// <param name="Warnings">In a scenario, the policies and templates with warnings; else null.</param>
/// <param name="Conformance">What disagrees about requests and entities of a scenario; null where nothing is said of them.</param>
internal sealed record CorpusValidity(
    bool? IsValid, IReadOnlySet<string>? Errors, IReadOnlySet<string>? Warnings, IReadOnlyList<string>? Conformance)
{
    public static CorpusValidity? Read(JsonElement test, bool isScenario, CedarSchema? schema)
    {
        var judgesPolicies = test.TryGetProperty("validation", out var said);
        if (judgesPolicies || (isScenario && SaysConformance(test)))
        {
            IReadOnlyList<string> conformance = schema is null
                ? ["the schema could not be read"]
                : [.. Requests(test, schema), .. Entities(test, schema)];
            return judgesPolicies
                ? new(said.GetProperty("ok").GetBoolean(), Ids(said.GetProperty("errors")), Ids(said.GetProperty("warnings")), conformance)
                : new(null, null, null, conformance);
        }

        return test.TryGetProperty("shouldValidate", out var valid) ? new(valid.GetBoolean(), null, null, null) : null;
    }

    /// <summary>Compares and counts.</summary>
    /// <returns>What does not agree.</returns>
    public IEnumerable<string> Compare(CorpusTest test, CorpusTally tally)
    {
        if (Conformance is not null)
        {
            tally.CountValidation(test.Id, Conformance.Count == 0);
        }

        if (IsValid is null)
        {
            return Conformance ?? [];
        }

        var result = test.Validate(ValidationMode.Strict);
        var agrees = result is not null && result.IsValid == IsValid && Agree(Errors, result.Errors) && Agree(Warnings, result.Warnings);
        if (Conformance is null)
        {
            tally.CountValidation(test.Id, agrees);
        }
        else
        {
            tally.CountVerdict(test.Id, ValidationMode.Strict, agrees);
        }

        return agrees ? Conformance ?? [] : [.. Conformance ?? [], $"validation: expected {this}, got {Describe(result)}"];
    }

    public override string ToString() => Describe(IsValid == true, Errors, Warnings);

    private static string Describe(ValidationResult? result) => result is null ? "nothing"
        : Describe(result.IsValid, result.Errors.Select(f => f.PolicyId), result.Warnings.Select(f => f.PolicyId));

    private static string Describe(bool isValid, IEnumerable<string>? errors, IEnumerable<string>? warnings) =>
        $"{(isValid ? "valid" : "invalid")}, errors [{List(errors)}], warnings [{List(warnings)}]";

    private static string List(IEnumerable<string>? ids) =>
        string.Join(' ', ids?.Distinct().Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());

    private static bool Agree(IReadOnlySet<string>? expected, IEnumerable<ValidationFinding> found) =>
        expected is null || expected.SetEquals(found.Select(f => f.PolicyId));

    private static bool SaysConformance(JsonElement test) =>
        test.TryGetProperty("entitiesValid", out _) || test.TryGetProperty("invalidEntities", out _)
        || test.TryGetProperty("entityChecks", out _)
        || test.GetProperty("requests").EnumerateArray().Any(request => request.TryGetProperty("validRequest", out _));

    private static IEnumerable<string> Requests(JsonElement test, CedarSchema schema)
    {
        var at = 0;
        foreach (var request in test.GetProperty("requests").EnumerateArray())
        {
            var read = RequestJson.Parse(CorpusReader.Raw(request), schema);
            var conforms = read.IsValid && new RequestValidator(schema).Validate(read.Value) is null;
            if (request.TryGetProperty("validRequest", out var expected) && expected.GetBoolean() != conforms)
            {
                yield return $"request {at}: expected {(conforms ? "not to conform" : "to conform")} to the schema";
            }

            at++;
        }
    }

    private static IEnumerable<string> Entities(JsonElement test, CedarSchema schema)
    {
        var checks = test.TryGetProperty("entityChecks", out var given) ? given.EnumerateArray() : default;
        foreach (var (check, at) in checks.Select((check, at) => (check, at)))
        {
            if (Conforms(check.GetProperty("entity"), schema) != check.GetProperty("valid").GetBoolean())
            {
                yield return $"entity check {at}: expected the opposite";
            }
        }

        if (test.TryGetProperty("entitiesValid", out var together)
            && EntitiesJson.Parse(CorpusReader.Raw(test.GetProperty("entities")), schema).IsValid != together.GetBoolean())
        {
            yield return "entities: expected the opposite of all together";
        }

        if (!test.TryGetProperty("invalidEntities", out var alone))
        {
            yield break;
        }

        var invalid = alone.EnumerateArray().Select(CorpusReader.ReadUid).ToHashSet();
        foreach (var entity in test.GetProperty("entities").EnumerateArray())
        {
            var uid = CorpusReader.ReadUid(entity.GetProperty("uid"));
            if (Conforms(entity, schema) == invalid.Contains(uid))
            {
                yield return $"entity {uid}: expected the opposite";
            }
        }
    }

    private static bool Conforms(JsonElement entity, CedarSchema schema) =>
        EntitiesJson.Parse(Encoding.UTF8.GetBytes($"[{entity.GetRawText()}]"), schema).IsValid;

    private static HashSet<string> Ids(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];
}
