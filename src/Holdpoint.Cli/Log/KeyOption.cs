using System.CommandLine;
using Holdpoint.Log.Notes;

namespace Holdpoint.Cli.Log;

/// <summary>The option <c>--key VKEY</c>: the key's text itself, since a key read from a folder under test would prove nothing.</summary>
internal static class KeyOption
{
    public static Option<string> Create() =>
        new("--key") { Description = "The log's verifier key, the text itself: name+hash+base64.", Required = true };

    public static VerifierKey Read(ParseResult arguments, Option<string> option) =>
        VerifierKey.TryParse(arguments.GetRequiredValue(option), out var key, out var fault)
            ? key
            : throw CommandFailureException.Usage($"--key: {fault}");
}
