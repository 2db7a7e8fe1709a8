using System.CommandLine;
using System.Text.Json.Nodes;

namespace Holdpoint.Cli.Holds;

/// <summary><c>holdpoint holds list</c>: what is open, or all.</summary>
internal static class HoldsListCommand
{
    private static readonly Option<string> Url = ControlPlane.UrlOption();
    private static readonly Option<string> ApiKeyEnv = ControlPlane.ApiKeyEnvOption();
    private static readonly Option<bool> All = new("--all") { Description = "Also list holds that have ended." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the gateway's answer as it is." };

    public static Command Create()
    {
        var command = new Command("list", "List the holds that wait for people, newest first.") { Url, ApiKeyEnv, All, Json };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var gateway = ControlPlane.Open(arguments, Url, ApiKeyEnv);
        var answer = await gateway.GetAsync("/holdpoint/holds" + (arguments.GetValue(All) ? "?state=all" : ""), cancellationToken);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            await output.WriteLineAsync(answer.ToJsonString());
            return ExitCode.Ok;
        }

        var holds = answer["holds"]!.AsArray();
        foreach (var hold in holds)
        {
            await output.WriteLineAsync(Visible.Text(
                $"{hold!["id"]}  {hold["state"],-9} {hold["kind"],-6} until {hold["expires"]}  {hold["principal"]}  filled "
                + $"{Joined(hold["filled"])} of {Joined(hold["needs"])}  {Titles(hold["clauses"])}"));
        }

        if (holds.Count == 0)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync("nothing waits");
        }

        return ExitCode.Ok;
    }

    private static string Joined(JsonNode? seats) =>
        seats!.AsArray().Count == 0 ? "none" : string.Join(", ", seats.AsArray().Select(seat => seat!.ToString()));

    private static string Titles(JsonNode? clauses) => string.Join("; ", clauses!.AsArray().Select(clause => clause!["title"]!.ToString()));
}
