using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Holdpoint.Log;

namespace Holdpoint.Cli.Evidence;

/// <summary>
/// <c>holdpoint keygen client</c>: the key with which a principal calls the gateway. Printed once and kept nowhere: the configuration
/// has only its digest.
/// </summary>
internal static class KeygenClientCommand
{
    private const string Prefix = "hp_";

    // 256 bits: the configuration keeps an unsalted digest, which is safe only for keys that nobody can guess.
    private const int KeyBytes = 32;

    private static readonly string[] AllRights = ["call", "review", "audit", "operate"];

    private static readonly Option<string> Deployment =
        new("--deployment") { Description = "The deployment, as the agreement names it.", Required = true };
    private static readonly Option<string> Principal =
        new("--principal") { Description = "The person or service in it that calls.", Required = true };
    private static readonly Option<string?> Person = new("--person") { Description = "The id of the natural person behind the key." };

    private static readonly Option<string> Rights = new("--rights")
    {
        Description = $"What the key may do, comma-separated: {string.Join(", ", AllRights)}.",
        DefaultValueFactory = _ => "call",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("client", "Make a client key; print it and its line for `clients:` in the configuration.")
        {
            Deployment, Principal, Person, Rights, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var deployment = YamlName.Of("--deployment", arguments.GetRequiredValue(Deployment));
        var principal = YamlName.Of("--principal", arguments.GetRequiredValue(Principal));
        var person = arguments.GetValue(Person) is { } id ? YamlName.Of("--person", id) : null;
        var rights = arguments.GetRequiredValue(Rights).Split(',', StringSplitOptions.TrimEntries).Distinct().ToArray();
        if (rights.FirstOrDefault(r => !AllRights.Contains(r)) is { } unknown)
        {
            throw CommandFailureException.Usage($"there is no right '{unknown}'; known are {string.Join(", ", AllRights)}");
        }

        var key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var digest = Hash.Of(Encoding.UTF8.GetBytes(key)).ToHex();
        var line = $"- {{ key_sha256: \"{digest}\", deployment: {deployment}, principal: {principal}"
            + (person is null ? "" : $", person: {person}")
            + $", rights: [{string.Join(", ", rights)}] }}";
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(new ClientAnswer(key, digest, line), EvidenceJsonContext.Default.ClientAnswer));
        }
        else
        {
            output.WriteLine(key);
            output.WriteLine(line);
        }

        return ExitCode.Ok;
    }
}
