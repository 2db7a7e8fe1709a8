using System.CommandLine;
using System.Text.Json;
using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar check-parse</c>: whether texts can be read. The options are those of Cedar's own command.</summary>
internal static class CedarCheckParseCommand
{
    private static readonly Option<string?> Policies =
        new("--policies", "-p") { Description = "Policies, as Cedar text or JSON; standard input when nothing is named." };
    private static readonly Option<string?> Expression = new("--expression") { Description = "An expression, as Cedar text." };
    private static readonly Option<string?> Schema =
        new("--schema", "-s") { Description = "A schema, in either syntax; entities are then read with it." };
    private static readonly Option<string?> Entities = new("--entities") { Description = "Entities, as Cedar JSON." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "check-parse", "Say whether policies, an expression, a schema or entities can be read. Exit code 0, or 1 when one cannot.")
        {
            Policies, Expression, Schema, Entities, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var problems = new List<ParseProblem>();
        var (expression, schemaFile, entities) = (arguments.GetValue(Expression), arguments.GetValue(Schema), arguments.GetValue(Entities));
        PolicySet? policies = null;
        if (arguments.GetValue(Policies) is { } path)
        {
            policies = CheckPolicies(path, problems);
        }
        else if (expression is null && schemaFile is null && entities is null)
        {
            policies = CheckPolicies(null, problems);
        }

        if (expression is not null)
        {
            problems.AddRange(ParseProblem.From("expression", ExpressionParser.Parse(expression).Diagnostics, expression));
        }

        var schema = schemaFile is null ? null : CheckSchema(schemaFile, problems);
        if (entities is not null)
        {
            CheckEntities(entities, schema, problems);
        }

        Print(arguments, policies, problems);
        return problems.Count == 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static PolicySet? CheckPolicies(string? path, List<ParseProblem> problems)
    {
        var (name, bytes) = CedarFile.ReadInput(path);
        var (set, faults) = CedarFile.ParsePolicySet(name, bytes);
        problems.AddRange(faults);
        return set;
    }

    private static CedarSchema? CheckSchema(string path, List<ParseProblem> problems)
    {
        var (schema, faults, text) = CedarFile.ParseSchema(path);
        problems.AddRange(ParseProblem.From("schema", faults, text));
        return schema;
    }

    private static void CheckEntities(string path, CedarSchema? schema, List<ParseProblem> problems)
    {
        var bytes = CedarFile.ReadBytes(path);
        if ((schema is null ? EntitiesJson.Parse(bytes) : EntitiesJson.Parse(bytes, schema)).Fault is { } fault)
        {
            problems.Add(new("entities", null, null, null, fault, null));
        }
    }

    private static void Print(ParseResult arguments, PolicySet? policies, List<ParseProblem> problems)
    {
        var (output, people) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (arguments.GetValue(Json))
        {
            var answer = new ParseCheck(
                problems.Count == 0, policies?.Policies.Length - policies?.Links.Length,
                policies?.Templates.Length, policies?.Links.Length, [.. problems]);
            output.WriteLine(JsonSerializer.Serialize(answer, CedarJsonContext.Default.ParseCheck));
            return;
        }

        foreach (var problem in problems)
        {
            people.WriteLine(problem.Describe());
        }

        output.WriteLine(problems.Count == 0 ? "parses" : "does not parse");
    }
}
