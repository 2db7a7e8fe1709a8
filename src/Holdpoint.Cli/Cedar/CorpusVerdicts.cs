using System.Text.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Cli.Cedar;

/// <summary>The reference validator's verdicts on tests, in both modes: on all policies together, on each, and on each request.</summary>
internal sealed class CorpusVerdicts(CorpusFiles files)
{
    private readonly CorpusCompanions _companions = new(files, ".validation.json");

    /// <summary>Compares the verdicts on a test, if there are any, and counts them. A scenario has its own.</summary>
    /// <returns>What does not agree.</returns>
    public IEnumerable<string> Compare(CorpusTest test, CorpusTally tally)
    {
        if (test.Validity is { Conformance: not null, IsValid: not null } || _companions.Find(test.Id) is not { } path)
        {
            yield break;
        }

        foreach (var (mode, name) in
            (IEnumerable<(ValidationMode, string)>)[(ValidationMode.Strict, "strict"), (ValidationMode.Permissive, "permissive")])
        {
            var differences = Read(path, test, mode, name);
            tally.CountVerdict(test.Id, mode, differences.Length == 0);
            foreach (var difference in differences)
            {
                yield return $"{name}: {difference}";
            }
        }
    }

    /// <summary>The differences. A verdict that cannot be read agrees with nothing.</summary>
    private string[] Read(string path, CorpusTest test, ValidationMode mode, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(files.Read(path), CorpusReader.Depth);
            return [.. Differences(document.RootElement, test, mode, name)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [$"{path} does not have the form of a verdict: {e.Message}"];
        }
    }

    private static IEnumerable<string> Differences(JsonElement verdict, CorpusTest test, ValidationMode mode, string name)
    {
        if (test.Validate(mode) is not { } result)
        {
            yield return "the policies or the schema could not be read";
            yield break;
        }

        var policies = verdict.GetProperty("policyValidation");
        if (policies.GetProperty(name).GetBoolean() != result.IsValid)
        {
            yield return $"expected {(result.IsValid ? "an error" : $"no error, found {result.Errors[0]}")}";
        }

        foreach (var policy in policies.TryGetProperty("perPolicy", out var each) ? each.EnumerateObject() : default)
        {
            if (policy.Value.GetProperty(name).GetBoolean() == result.Errors.Any(e => e.PolicyId == policy.Name))
            {
                yield return $"{policy.Name}: expected the opposite";
            }
        }

        var validator = new RequestValidator(test.Types!);
        var requests = verdict.TryGetProperty("requestValidation", out var judged) ? judged.EnumerateArray() : default;
        foreach (var (request, expected) in test.Requests.Zip(requests))
        {
            if ((request.Request is { } read && validator.Validate(read) is null) != expected.GetProperty(name).GetBoolean())
            {
                yield return $"{expected.GetProperty("description")}: expected the opposite";
            }
        }
    }
}
