using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Tiles;

namespace Holdpoint.Cli.Log;

/// <summary><c>holdpoint verify receipt</c>: is this record in that log? Three inputs, no network.</summary>
internal static class VerifyReceiptCommand
{
    private static readonly Argument<string> Receipt =
        new("FILE") { Description = "The receipt (tlog-proof), as /log/receipt/INDEX serves it." };
    private static readonly Option<string> Record =
        new("--record") { Description = "The record's exact bytes, as /log/record/INDEX serves them.", Required = true };
    private static readonly Option<string> Key = KeyOption.Create();
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("receipt", "Verify that a record is in a log.") { Receipt, Record, Key, Json };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var key = KeyOption.Read(arguments, Key);
        var receipt = await BoundedFile.ReadAsync(arguments.GetRequiredValue(Receipt), TlogProof.MaxBytes, cancellationToken);
        var record = await BoundedFile.ReadAsync(arguments.GetRequiredValue(Record), EntryBundle.MaxEntryBytes, cancellationToken);
        var verdict = ReceiptVerifier.Verify(receipt, record, key);

        var output = arguments.InvocationConfiguration.Output;
        await output.WriteLineAsync(arguments.GetValue(Json)
            ? JsonSerializer.Serialize(ReceiptAnswer.Of(verdict), LogJsonContext.Default.ReceiptAnswer)
            : verdict switch
            {
                ReceiptVerdict.Verified v => $"verified: the record is entry {v.Index} of {v.Checkpoint.Origin}, "
                    + $"whose checkpoint covers {v.Checkpoint.Size} entries",
                ReceiptVerdict.Refused r => $"not verified: {r.Message}",
                _ => throw new UnreachableException(),
            });
        return verdict is ReceiptVerdict.Verified ? ExitCode.Ok : ExitCode.No;
    }
}
