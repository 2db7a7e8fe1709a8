using System.CommandLine;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Evidence;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Holds;

/// <summary>
/// <c>holdpoint approve</c>: shows what a hold is about, checked against its digest, then signs a person's decision on it and posts that.
/// At a terminal it asks before it signs; without one, running the command is the decision.
/// </summary>
internal static class ApproveCommand
{
    private static readonly Option<string> Url = ControlPlane.UrlOption();
    private static readonly Option<string> Hold = new("--hold") { Description = "The hold's id.", Required = true };
    private static readonly Option<string> Key =
        new("--key") { Description = "The person's key file, made by `keygen signer --person`.", Required = true };
    private static readonly Option<string> ApiKeyEnv = ControlPlane.ApiKeyEnvOption();
    private static readonly Option<bool> Refuse = new("--refuse") { Description = "Refuse instead; that ends the hold." };
    private static readonly Option<string?> Note =
        new("--note") { Description = "Your comment on the decision, up to 256 characters; private." };
    private static readonly Option<string?> Seat =
        new("--seat") { Description = "The seat to fill, such as reviewer; by default the first seat that the key may fill." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "approve", "Show a hold, sign an approval or refusal of it, and post it.")
        {
            Url, Hold, Key, ApiKeyEnv, Refuse, Note, Seat, Json,
        };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var id = HoldIdArgument.Parse(arguments.GetRequiredValue(Hold));
        using var key = SignerKeyFile.Read(arguments.GetRequiredValue(Key));
        using var gateway = ControlPlane.Open(arguments, Url, ApiKeyEnv);
        var shown = ShownHold.Check(await gateway.GetAsync("/holdpoint/holds/" + id, cancellationToken), id);
        var refuses = arguments.GetValue(Refuse);
        var seat = arguments.GetValue(Seat) ?? shown.KindFor(KeyId.Of(key.PublicKey), alsoFilled: refuses)
            ?? throw new CommandFailureException(ExitCode.No, "this key may fill none of the hold's free seats; `holds show` lists them");

        var isJson = arguments.GetValue(Json);
        var (output, errors) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var people = isJson ? errors : output;
        await people.WriteAsync(shown.Describe());
        await people.WriteLineAsync(
            $"signing   {(refuses ? Approval.Refuse : Approval.Approve)} as {Visible.Text(seat)}, of {shown.Digest.ToHex()}");
        if (!IsConfirmed(errors))
        {
            throw new CommandFailureException(ExitCode.No, "nothing was signed");
        }

        var envelope = Sign(id, shown, seat, refuses, arguments.GetValue(Note), key);
        var posted = await gateway.PostAsync($"/holdpoint/holds/{id}/approvals", envelope, cancellationToken);
        if (isJson)
        {
            var answer = (JsonObject)posted;
            answer["decision"] = refuses ? Approval.Refuse : Approval.Approve;
            answer["seat"] = seat;
            answer["digest"] = shown.Digest.ToHex();
            answer["evidence"] = EvidenceId.Of(envelope).ToString();
            await output.WriteLineAsync(answer.ToJsonString());
        }
        else
        {
            await output.WriteLineAsync(Visible.Text($"posted    {EvidenceId.Of(envelope)}; the hold is now {posted["state"]}"));
        }

        return ExitCode.Ok;
    }

    private static bool IsConfirmed(TextWriter errors)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return true;
        }

        errors.Write("Sign it? [y/N] ");
        return Console.ReadLine() is "y" or "Y" or "yes";
    }

    private static byte[] Sign(string id, ShownHold shown, string seat, bool refuses, string? note, Ed25519PrivateKey key)
    {
        if (note is { Length: 0 or > 256 } || note?.Any(char.IsControl) == true)
        {
            throw CommandFailureException.Usage("--note must have 1 to 256 characters, on one line");
        }

        var approval =
            new Approval { Hold = id, Seat = seat, IsApproved = !refuses, Issued = TimeProvider.System.GetUtcNow(), Note = note };
        return DsseEnvelope.Sign(InTotoStatement.PayloadType, new InTotoStatement([new(id, shown.Digest)], approval).ToJson(), key)
            .ToJson();
    }
}
