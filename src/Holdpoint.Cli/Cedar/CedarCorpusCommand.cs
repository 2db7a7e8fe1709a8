using System.CommandLine;
using System.Text.Json;

namespace Holdpoint.Cli.Cedar;

/// <summary>
/// <c>holdpoint cedar corpus</c>: decides every request of a folder of tests, and compares with the results that they give.
/// </summary>
internal static class CedarCorpusCommand
{
    private const int MostNamed = 20;

    private static readonly Argument<string> Folder = new("DIR") { Description = "A folder of tests, at any depth." };
    private static readonly Option<string?> Validation =
        new("--validation") { Description = "A folder with the verdicts of the reference validator: <id>.validation.json." };
    private static readonly Option<string?> JsonSchemas =
        new("--json-schemas") { Description = "A folder with the schemas of the tests in JSON: <id>.cedarschema.json." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the counts as JSON, with the tests that disagree." };

    public static Command Create()
    {
        var command = new Command(
            "corpus", "Compare with published results. Exit code 0 when everything agrees, 1 when something does not.")
        {
            Folder, Validation, JsonSchemas, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var folder = Existing(arguments.GetRequiredValue(Folder));
        var schemas = arguments.GetValue(JsonSchemas) is { } given ? new CorpusSchemas(CorpusFiles.In(Existing(given))) : null;

        var verdicts = arguments.GetValue(Validation) is { } judged ? new CorpusVerdicts(CorpusFiles.In(Existing(judged))) : null;

        var people = arguments.InvocationConfiguration.Error;
        var tally = new CorpusTally();
        foreach (var test in CorpusReader.ReadAll(CorpusFiles.In(folder)))
        {
            foreach (var complaint in test.Run(tally).Concat(verdicts?.Compare(test, tally) ?? []))
            {
                people.WriteLine($"{test.Id}: {complaint}");
            }

            if (schemas?.Compare(test, tally) == false)
            {
                people.WriteLine($"{test.Id}: the schema in JSON differs");
            }
        }

        if (tally.Tests == 0)
        {
            throw CommandFailureException.Environment($"{folder} holds no test");
        }

        Print(arguments, tally);
        return tally.Disagree.Count == 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static string Existing(string folder) =>
        Directory.Exists(folder) ? folder : throw CommandFailureException.Environment($"{folder} is not a folder");

    private static void Print(ParseResult arguments, CorpusTally tally)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(tally, CedarJsonContext.Default.CorpusTally));
            return;
        }

        output.WriteLine($"{tally.Tests} tests, {tally.Requests} requests");
        output.WriteLine($"agree: decision {tally.Decision}, reasons {tally.Reasons}, errors {tally.Errors}");
        foreach (var (name, count) in (IEnumerable<(string, int?)>)[
            ("validation", tally.Validation), ("strict", tally.Strict), ("permissive", tally.Permissive), ("schemas", tally.Schemas)])
        {
            if (count is not null)
            {
                output.WriteLine($"agree: {name} {count}");
            }
        }

        if (tally.Disagree.Count > 0)
        {
            var more = tally.Disagree.Count > MostNamed ? $" and {tally.Disagree.Count - MostNamed} more (all with --json)" : "";
            output.WriteLine($"disagree: {string.Join(", ", tally.Disagree.Take(MostNamed))}{more}");
        }
    }
}
