using System.CommandLine;
using System.Text.Json;
using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar authorize</c>: one decision of plain Cedar, from files.</summary>
internal static class CedarAuthorizeCommand
{
    private const string ByPosition = "position";
    private const string ByAnnotation = "annotation";

    private static readonly Option<string> Policies =
        new("--policies") { Description = "Policies, as Cedar text or JSON.", Required = true };
    private static readonly Option<string> Entities = new("--entities") { Description = "Entities, as Cedar JSON.", Required = true };
    private static readonly Option<string> Asked = new("--request") { Description = "The request, as JSON.", Required = true };
    private static readonly Option<string?> Schema =
        new("--schema") { Description = "A schema, in either syntax: entities and the request are read with it, and must conform to it." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    private static readonly Option<string> Ids = new Option<string>("--ids")
    {
        Description = "Where policies have their ids from: `position` (policy0, policy1, …) or `annotation` (@id, else the position).",
        DefaultValueFactory = _ => ByPosition,
    }.AcceptOnlyFromAmong(ByPosition, ByAnnotation);

    public static Command Create()
    {
        var command = new Command("authorize", "Decide a request. Exit code 0 for allow, 1 for deny.")
        {
            Policies, Entities, Asked, Schema, Json, Ids,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var policies = ReadPolicies(arguments.GetRequiredValue(Policies), arguments.GetRequiredValue(Ids) == ByAnnotation);
        var schema = arguments.GetValue(Schema) is { } path ? CedarFile.ReadSchema(path) : null;
        var entities = Sound(
            arguments.GetRequiredValue(Entities), json => schema is null ? EntitiesJson.Parse(json) : EntitiesJson.Parse(json, schema));
        var request = Sound(
            arguments.GetRequiredValue(Asked), json => schema is null ? RequestJson.Parse(json) : RequestJson.Parse(json, schema));
        if (schema is not null && new RequestValidator(schema).Validate(request) is { } fault)
        {
            throw CommandFailureException.Environment($"{arguments.GetRequiredValue(Asked)} does not conform to the schema: {fault}");
        }

        var response = policies.Compile().Authorize(request, entities);
        Print(arguments, response);
        return response.Decision == Decision.Allow ? ExitCode.Ok : ExitCode.No;
    }

    private static PolicySet ReadPolicies(string path, bool byAnnotation)
    {
        var given = CedarFile.ReadPolicySet(path);
        if (!byAnnotation)
        {
            return given;
        }

        // Links keep their ids: an annotation is the template's, and would name all of its links alike.
        var names = given.Templates.ToDictionary(t => t.Id, t => Named(t.Body).Id, StringComparer.Ordinal);
        return PolicySet.TryCreate(
            given.Policies[..^given.Links.Length].Select(Named),
            given.Templates.Select(t => new Template(Named(t.Body))),
            given.Links.Select(l => l with { TemplateId = names[l.TemplateId] }),
            out var named,
            out var clash)
            ? named
            : throw CommandFailureException.Environment($"{path}: {clash}");
    }

    private static Policy.Policy Named(Policy.Policy policy) =>
        policy.Annotations.TryGetValue("id", out var id) ? policy with { Id = id } : policy;

    private static T Sound<T>(string path, Func<byte[], JsonOutcome<T>> parse)
        where T : class
    {
        var read = parse(CedarFile.ReadBytes(path));
        return read.IsValid ? read.Value : throw CommandFailureException.Environment($"{path}: {read.Fault}");
    }

    private static void Print(ParseResult arguments, Response response)
    {
        var (output, people) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var decision = response.Decision == Decision.Allow ? "allow" : "deny";
        if (arguments.GetValue(Json))
        {
            var answer = new CedarAnswer(decision, [.. response.Reasons], [.. response.Errors.Select(e => e.PolicyId)]);
            output.WriteLine(JsonSerializer.Serialize(answer, CedarJsonContext.Default.CedarAnswer));
        }
        else
        {
            output.WriteLine(response.Reasons.IsEmpty ? decision : $"{decision} by {string.Join(", ", response.Reasons)}");
        }

        foreach (var error in response.Errors)
        {
            people.WriteLine($"{error.PolicyId} could not be evaluated: {error.Message}");
        }
    }
}
