using System.CommandLine;
using System.Text.Json;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Evidence;

/// <summary><c>holdpoint attest</c>: signs a statement. Prints the id that calls name once the file is posted.</summary>
internal static class AttestCommand
{
    private static readonly Option<string> Key =
        new("--key") { Description = "The signer's key file, made by `keygen signer`.", Required = true };
    private static readonly Option<string> Predicate =
        new("--predicate") { Description = "The predicate of the statement, such as dataset-provenance/v1.", Required = true };

    private static readonly Option<string[]> Subjects = new("--subject")
    {
        Description = "A file that the statement is about: data, an order's text, or an envelope to revoke. Several are allowed.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Settings = new("--set")
    {
        Description = "A field of the predicate as KEY=VALUE; lists are comma-separated. Several are allowed.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "The file for the signed envelope.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("attest", "Sign a statement about data, an authority, or a revocation.")
        {
            Key, Predicate, Subjects, Settings, Out, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var predicate = PredicateName.Parse(arguments.GetRequiredValue(Predicate));
        var fields = new SetFields(arguments.GetValue(Settings) ?? []);
        var draft = StatementDraft.Of(predicate, arguments.GetValue(Subjects) ?? [], fields);

        using var key = SignerKeyFile.Read(arguments.GetRequiredValue(Key));
        var envelope = DsseEnvelope.Sign(InTotoStatement.PayloadType, draft.Statement.ToJson(), key).ToJson();
        var statement = ReadBack(envelope, key.PublicKey);
        File.WriteAllBytes(arguments.GetRequiredValue(Out), envelope);
        Print(arguments, draft, statement);
        return ExitCode.Ok;
    }

    /// <summary>Reads the written statement back: the reader checks every rule of the format, as it will for whoever receives it.</summary>
    private static VerifiedStatement ReadBack(byte[] envelope, Ed25519PublicKey key)
    {
        var self = new Issuer("self", "self", key, PredicateType.All, DateOnly.MaxValue);
        return EvidenceVerifier.Authenticate(envelope, new([self])) switch
        {
            EvidenceOutcome.Valid(var statement) => statement,
            EvidenceOutcome.Invalid(var fault) => throw CommandFailureException.Usage(fault.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static void Print(ParseResult arguments, StatementDraft draft, VerifiedStatement statement)
    {
        var chunks = (statement.Predicate as DatasetProvenance)?.Chunks ?? ChunkList.Empty;
        var (output, errors) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (arguments.GetValue(Json))
        {
            var answer = new AttestAnswer(
                statement.Id.ToString(),
                $"sha256:{statement.StatementDigest}",
                statement.Predicate.Type.Name,
                chunks.Digests.Length,
                chunks.Digests.IsEmpty ? null : chunks.Root.ToHex(),
                [.. draft.Files.Select(f => new FileAnswer(f.Name, f.Digest.ToHex(), f.IsText, f.Lines, f.TooShort))]);
            output.WriteLine(JsonSerializer.Serialize(answer, EvidenceJsonContext.Default.AttestAnswer));
            return;
        }

        output.WriteLine(statement.Id);
        foreach (var note in VocabularyNotes.On(statement.Predicate))
        {
            errors.WriteLine(note);
        }

        if (statement.Predicate is not DatasetProvenance)
        {
            return;
        }

        foreach (var file in draft.Files)
        {
            errors.WriteLine(
                !file.IsText ? $"{file.Name}: not UTF-8 text; attested as a whole"
                : file.TooShort == 0 ? $"{file.Name}: {file.Lines} lines, all attested"
                : $"{file.Name}: {file.Lines} lines, {file.TooShort} of them shorter than {LineChunks.MinBytes} bytes and so not attested");
        }
    }
}
