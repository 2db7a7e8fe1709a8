using System.CommandLine;
using System.Text.Json;
using Holdpoint.Cli.Evidence;
using Holdpoint.Cli.Log;
using Holdpoint.Wire;

namespace Holdpoint.Cli.Agreements;

/// <summary><c>holdpoint agreement tools</c>: the lines that register a client's tools, from what the client sends.</summary>
internal static class AgreementToolsCommand
{
    // The largest request body that a gateway may be configured to take is eight times this; definitions are a small part of one.
    private const int MaxFileBytes = 32 * 1024 * 1024;

    // What a tool is that no agreement lists: whoever does not choose has the strictest.
    private const string StrictestEffect = "kinetic";

    private const string DeploymentToFill = "DEPLOYMENT";

    private static readonly string[] Effects = ["none", "inform", "consequential", StrictestEffect];

    private static readonly Argument<string> File = new("FILE")
    {
        Description = "A request body of the client's, or a list of tool definitions, in JSON; - reads standard input.",
    };

    private static readonly Option<string> Deployment = new("--deployment")
    {
        Description = "The deployment, as the agreement names it.",
        DefaultValueFactory = _ => DeploymentToFill,
    };

    private static readonly Option<string> Effect = new("--effect")
    {
        Description = $"What a call of the tools can do: {string.Join(", ", Effects)}.",
        DefaultValueFactory = _ => StrictestEffect,
    };

    private static readonly Option<string?> Format = new("--format")
    {
        Description = $"The form that the tools are written in, where it cannot be seen: {string.Join(", ", ToolListing.Formats)}.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "tools", "Print the lines for `tools:` in agreement.yaml, with the digests of a client's tool definitions.")
        {
            File, Deployment, Effect, Format, Json,
        };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var deployment = YamlName.Of("--deployment", arguments.GetRequiredValue(Deployment));
        var effect = Known("--effect", arguments.GetRequiredValue(Effect), Effects);
        var format = arguments.GetValue(Format) is { } named ? Known("--format", named, ToolListing.Formats) : null;
        var listing = ToolListing.Read(await ReadAsync(arguments.GetRequiredValue(File), cancellationToken), format);
        if (listing.Problem is { } problem)
        {
            throw CommandFailureException.Environment(problem);
        }

        var errors = arguments.InvocationConfiguration.Error;
        var registrable = listing.Tools.Where(tool => YamlName.IsName(tool.Name)).ToList();
        foreach (var tool in listing.Tools.Except(registrable))
        {
            await errors.WriteLineAsync(
                $"holdpoint: the tool {JsonEncodedText.Encode(tool.Name)} cannot be registered by that name: {YamlName.Rule}");
        }

        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            var tools = registrable.Select(
                t => new ToolAnswer(arguments.GetRequiredValue(Deployment), t.Name, t.DefinitionDigest, effect, t.RunByProvider));
            var answer = new ToolsAnswer(listing.Format, [.. tools]);
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, AgreementJsonContext.Default.ToolsAnswer));
        }
        else
        {
            foreach (var tool in registrable)
            {
                await output.WriteLineAsync(
                    $"  - {{ deployment: {deployment}, name: {YamlName.Of("the name", tool.Name)}, digest: "
                    + $"\"{tool.DefinitionDigest}\", effect: {effect} }}"
                    + (tool.RunByProvider ? "   # run by the provider" : ""));
            }

            if (deployment == DeploymentToFill)
            {
                await errors.WriteLineAsync(
                    $"holdpoint: replace {DeploymentToFill} with the deployment's name, or give --deployment");
            }
        }

        return registrable.Count == listing.Tools.Length ? ExitCode.Ok : ExitCode.No;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        byte[] bytes;
        if (file == "-")
        {
            await using var input = Console.OpenStandardInput();
            bytes = await BoundedFile.ReadAsync(input, MaxFileBytes, cancellationToken);
        }
        else
        {
            bytes = await BoundedFile.ReadAsync(file, MaxFileBytes, cancellationToken);
        }

        return bytes.Length <= MaxFileBytes
            ? bytes
            : throw CommandFailureException.Environment($"the file is larger than {MaxFileBytes} bytes");
    }

    private static string Known(string option, string value, IEnumerable<string> known) =>
        known.Contains(value) ? value : throw CommandFailureException.Usage($"{option} must be one of {string.Join(", ", known)}");
}
