using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Agreements;

namespace Holdpoint.Cli;

/// <summary><c>holdpoint check</c>: everything that keeps an agreement from being enforced.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "The agreement's folder." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "check", "Say what is wrong with an agreement. Exit code 0 when nothing is, 1 when something is.") { Folder, Json };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var folder = arguments.GetRequiredValue(Folder);
        if (!Directory.Exists(folder))
        {
            throw CommandFailureException.Environment($"{folder} is not a folder");
        }

        var result = AgreementFolder.Load(folder);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(
                new CheckAnswer(
                    result.Agreement?.Bundle.ToString(), result.Agreement?.Clauses.Length ?? 0,
                    result.Agreement?.RedLines.Length ?? 0, [.. result.Problems]),
                CheckJsonContext.Default.CheckAnswer));
        }
        else if (result.IsLoaded)
        {
            output.WriteLine($"nothing is wrong: {Quantity.Of(result.Agreement.Clauses.Length, "clause", "clauses")}, "
                + Quantity.Of(result.Agreement.RedLines.Length, "red line", "red lines"));
            output.WriteLine($"bundle {result.Agreement.Bundle}");
        }
        else
        {
            foreach (var problem in result.Problems)
            {
                output.WriteLine(problem);
            }
        }

        return result.IsLoaded ? ExitCode.Ok : ExitCode.No;
    }
}

/// <summary>The answer of <c>check --json</c> (docs/reference/agreement.md).</summary>
/// <param name="Bundle">The digest; null when there are problems.</param>
/// <param name="Clauses">How many there are; 0 when there are problems.</param>
/// <param name="RedLines">How many there are; 0 when there are problems.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record CheckAnswer(string? Bundle, int Clauses, int RedLines, AgreementProblem[] Problems);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckAnswer))]
internal sealed partial class CheckJsonContext : JsonSerializerContext
{
}
