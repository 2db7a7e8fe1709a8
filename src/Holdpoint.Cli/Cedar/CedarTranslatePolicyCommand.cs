using System.CommandLine;
using System.Text.Json;
using Holdpoint.Policy;
using Holdpoint.Policy.Formatting;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Cli.Cedar;

/// <summary>
/// <c>holdpoint cedar translate-policy</c>: policies from text to JSON or back. The options are those of Cedar's own command.
/// </summary>
internal static class CedarTranslatePolicyCommand
{
    private const string CedarToJson = "cedar-to-json";
    private const string JsonToCedar = "json-to-cedar";

    private static readonly Option<string> Direction = new Option<string>("--direction")
    {
        Description = "From which notation into which.",
        Required = true,
    }.AcceptOnlyFromAmong(CedarToJson, JsonToCedar);

    private static readonly Option<string?> Policies =
        new("--policies", "-p") { Description = "The policies; standard input when left out." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the policies or the problems as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "translate-policy", "Translate policies. Exit code 0, or 3 when they do not parse or have no translation.")
        {
            Direction, Policies, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var (name, bytes) = CedarFile.ReadInput(arguments.GetValue(Policies));
        var toJson = arguments.GetRequiredValue(Direction) == CedarToJson;
        var (set, problems) = CedarFile.ParsePolicySet(name, bytes, isJson: !toJson);
        if (set is { Links.IsEmpty: false })
        {
            problems = [new(
                "policies", null, null, null, "the policies have template links, which Cedar text cannot express",
                "translate the templates without their links")];
        }

        var translation = problems.Length > 0 ? null : toJson ? PolicySetJson.Write(set!, indented: !arguments.GetValue(Json)) : Text(set!);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(
                new TranslatedPolicies(translation is null ? null : AsJson(translation, toJson), problems),
                CedarJsonContext.Default.TranslatedPolicies));
        }
        else if (translation is null)
        {
            throw CedarFile.DoesNotParse(name, problems);
        }
        else
        {
            output.WriteLine(translation.TrimEnd('\n'));
        }

        return translation is null ? ExitCode.Environment : ExitCode.Ok;
    }

    /// <summary>The policies, then the templates, laid out. Their ids are not part of a text.</summary>
    private static string Text(PolicySet set)
    {
        var text = string.Join('\n', set.Policies.Select(PolicyPrinter.Print).Concat(set.Templates.Select(PolicyPrinter.Print)));
        return PolicyFormatter.Format(text).Text ?? text;
    }

    private static JsonElement AsJson(string translation, bool isJson)
    {
        using var document = JsonDocument.Parse(
            isJson ? translation : $"\"{JsonEncodedText.Encode(translation)}\"", new() { MaxDepth = 4_096 });
        return document.RootElement.Clone();
    }
}
