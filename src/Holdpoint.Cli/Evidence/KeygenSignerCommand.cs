using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.Signing;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Evidence;

/// <summary><c>holdpoint keygen signer</c>: the key of one who issues evidence. Prints the line that makes an agreement trust it.</summary>
internal static class KeygenSignerCommand
{
    private static readonly Option<string> Name =
        new("--name") { Description = "The issuer's name, unique in the agreement.", Required = true };
    private static readonly Option<string> Party =
        new("--party") { Description = "The party of the agreement that answers for it.", Required = true };

    private static readonly Option<string[]> Predicates = new("--predicate")
    {
        Description = "What it may issue, such as dataset-provenance/v1; several are allowed.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Until =
        new("--until") { Description = "The last day on which it is trusted (UTC), such as 2027-12-31.", Required = true };
    private static readonly Option<string?> Person = new("--person") { Description = "The id of the one person that the key signs for." };

    private static readonly Option<string[]> Deployments = new("--deployment")
    {
        Description = "A deployment that it may speak about; without any, all of the agreement's.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Out =
        new("--out") { Description = "The file for the private key; must not exist.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("signer", "Make the key of an issuer and print its line for `issuers:` in agreement.yaml.")
        {
            Name, Party, Predicates, Until, Person, Deployments, Out, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var name = YamlName.Of("--name", arguments.GetRequiredValue(Name));
        var party = YamlName.Of("--party", arguments.GetRequiredValue(Party));
        ImmutableArray<string> predicates = [.. arguments.GetRequiredValue(Predicates).Select(p => PredicateName.Parse(p).Name).Distinct()];
        var until = arguments.GetRequiredValue(Until);
        if (!DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw CommandFailureException.Usage("--until must be a date such as 2027-12-31");
        }

        var deployments = (arguments.GetValue(Deployments) ?? []).Select(d => YamlName.Of("--deployment", d)).Distinct().ToArray();
        var person = arguments.GetValue(Person) is { } id ? YamlName.Of("--person", id) : null;

        using var key = Ed25519PrivateKey.Generate();
        PrivateFile.Create(arguments.GetRequiredValue(Out), SignerKeyPem.Write(key));

        var line =
            $"- {{ name: {name}, party: {party}, key: \"{key.PublicKey}\", predicates: [{string.Join(", ", predicates)}], until: {until}"
            + (deployments is [] ? "" : $", deployments: [{string.Join(", ", deployments)}]")
            + (person is null ? "" : $", person: {person}")
            + " }";
        arguments.InvocationConfiguration.Output.WriteLine(
            arguments.GetValue(Json)
                ? JsonSerializer.Serialize(
                    new SignerAnswer(key.PublicKey.ToString(), KeyId.Of(key.PublicKey), line), EvidenceJsonContext.Default.SignerAnswer)
                : line);
        return ExitCode.Ok;
    }
}
