using System.CommandLine;
using System.Text.Json;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Verification;

namespace Holdpoint.Cli.Log;

/// <summary>
/// <c>holdpoint verify log</c>: a whole log, from an exported folder or a running gateway, with the log's public key alone.
/// </summary>
internal static class VerifyLogCommand
{
    private static readonly Argument<string> Source =
        new("DIR_OR_URL") { Description = "An exported log, or its prefix, e.g. http://HOST/log." };
    private static readonly Option<string> Key = KeyOption.Create();
    private static readonly Option<string?> Since =
        new("--since") { Description = "A file with an older checkpoint of this log, which must still hold." };
    private static readonly Option<string?> ApiKeyEnv =
        new("--api-key-env") { Description = "The environment variable with a Holdpoint key that may read entries (URL only)." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command(
            "log", "Verify checkpoint, entries, tiles and the gateways' sequences of a log.") { Source, Key, Since, ApiKeyEnv, Json };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var key = KeyOption.Read(arguments, Key);
        var since = arguments.GetValue(Since) is { } file
            ? await BoundedFile.ReadAsync(file, SignedNote.MaxBytes, cancellationToken)
            : null;
        using var site = OpenSite(arguments);
        LogReader reader = site is null ? OpenFolder(arguments).ReadAsync : site.ReadAsync;
        var found = await LogVerifier.VerifyAsync(reader, key, since, cancellationToken: cancellationToken);

        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(LogAnswer.Of(found), LogJsonContext.Default.LogAnswer));
        }
        else
        {
            await output.WriteAsync(Describe(found));
        }

        return found.Verifies ? ExitCode.Ok : ExitCode.No;
    }

    private static LogSite? OpenSite(ParseResult arguments)
    {
        var prefix = LogSite.PrefixOf(arguments.GetRequiredValue(Source));
        var variable = arguments.GetValue(ApiKeyEnv);
        if (variable is not null && prefix is null)
        {
            throw CommandFailureException.Usage("--api-key-env goes with a URL, not with a folder");
        }

        if (prefix is { UserInfo.Length: > 0 } or { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            throw CommandFailureException.Usage("the URL must have no user name, query or fragment");
        }

        var apiKey = variable is null ? null : Environment.GetEnvironmentVariable(variable);
        if (variable is not null && string.IsNullOrEmpty(apiKey))
        {
            throw CommandFailureException.Environment($"the environment variable {variable} is not set");
        }

        return prefix is null ? null : new LogSite(prefix, apiKey);
    }

    private static LogFolder OpenFolder(ParseResult arguments)
    {
        var path = arguments.GetRequiredValue(Source);
        return Directory.Exists(path) ? new(path) : throw CommandFailureException.Environment($"{path} is not a folder");
    }

    private static string Describe(LogVerification found)
    {
        var text = new StringWriter();
        if (found is { Verifies: true, Checkpoint: { } head })
        {
            text.WriteLine($"verified: {head.Origin}, {Quantity.Of(head.Size, "entry", "entries")}, root {head.Root}");
            text.WriteLine(found.EntriesChecked
                ? $"checked: checkpoint, entries, {Quantity.Of(found.Tiles, "tile", "tiles")}, "
                    + $"the records' sequences of {Quantity.Of(found.Gateways.Count, "gateway", "gateways")}"
                : $"checked: checkpoint, {Quantity.Of(found.Tiles, "tile", "tiles")}. NOT checked, because this key may not read them: "
                    + "the entries, and so the gateways' sequences");
            text.WriteLine(found.Since is { } since
                ? $"consistent with the older checkpoint of {Quantity.Of(since.Size, "entry", "entries")}"
                : "without --since: a log that the holder of its key has cut or rewritten as a whole would still verify");
        }
        else
        {
            text.WriteLine($"not verified: {Quantity.Of(found.FaultCount, "fault", "faults")}");
            foreach (var fault in found.Faults)
            {
                text.WriteLine($"  {fault}");
            }
        }

        return text.ToString();
    }
}
