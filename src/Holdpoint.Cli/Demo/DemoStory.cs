using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Demo;

/// <summary>
/// Plays the acts: each step prints the command or request that a user would type, does exactly that, and prints the real answer. An
/// answer that is not what the story says ends it.
/// </summary>
internal sealed partial class DemoStory(DemoStage stage, TextWriter output) : IAsyncDisposable
{
    private const string Question = "Group these people by where they were seen.";

    // What a shell would have to quote.
    private static readonly SearchValues<char> ShellSpecial = SearchValues.Create(" \"{}*$&|;<>()");

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(150) };
    private DemoGateway? _gateway;
    private string _analystKey = "";
    private string _auditorKey = "";
    private string _reviewerKey = "";
    private string _logKey = "";

    public async Task<bool> TellAsync(bool leaveGatewayUp, CancellationToken cancellationToken)
    {
        try
        {
            await SetTheStageAsync(cancellationToken);
            await CallsAsync(cancellationToken);
            await PeopleAsync(cancellationToken);
            await ProveAsync(cancellationToken);
        }
        catch (StoryBrokenException e)
        {
            await output.WriteLineAsync($"\nThe story broke: {e.Message}");
            return false;
        }

        await output.WriteLineAsync(
            "\nThat is the story: decided on evidence and by people, not on claims, and proved without asking the gateway.");
        if (leaveGatewayUp)
        {
            await StayUpAsync(cancellationToken);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    private async Task SetTheStageAsync(CancellationToken cancellationToken)
    {
        Heading("The stage: an agreement, the keys of those it trusts, a gateway");
        Say($"Everything below happens in {stage.Folder}\nThe agreement there is a copy of agreements/red-lines. Its clauses:");
        foreach (var (folder, mark) in new[] { ("clauses", "  clause   "), ("red-lines", "  red line ") })
        {
            foreach (var file in Directory.EnumerateFiles(stage[Path.Combine("agreement", folder)], "*.cedar")
                .Order(StringComparer.Ordinal))
            {
                Say($"{mark}{Path.GetFileNameWithoutExtension(file),-34} {Title(file)}");
            }
        }

        _logKey = (await RunAsync(cancellationToken, "keygen", "log", "--origin", "example.org/demo", "--out", "log.key")).Trim();
        var broker = await RunAsync(
            cancellationToken, "keygen", "signer", "--name", "registry", "--party", "agency",
            "--predicate", "dataset-provenance/v1", "--until", "2099-12-31", "--out", "registry.key");
        var court = await RunAsync(
            cancellationToken, "keygen", "signer", "--name", "court", "--party", "court",
            "--predicate", "authority/v1", "--until", "2099-12-31", "--out", "court.key");
        var reviewer = await RunAsync(
            cancellationToken, "keygen", "signer", "--name", "reviewer-1",
            "--party", "agency", "--predicate", "approval/v1", "--until", "2099-12-31",
            "--person", "p-0311", "--out", "reviewer.key");
        var prover = await RunAsync(
            cancellationToken, "keygen", "signer", "--name", "prover", "--party", "agency",
            "--predicate", "proof/v1", "--until", "2099-12-31", "--out", "prover.key");
        AddIssuers(broker.Trim(), court.Trim(), reviewer.Trim(), prover.Trim());
        await File.WriteAllTextAsync(stage[Path.Combine("agreement", "clauses", "library-search.cedar")], SearchClause, cancellationToken);
        Say("\nOne clause is added, agreement/clauses/library-search.cedar:\n" + Indent(SearchClause));

        var analyst = await NewClientAsync("analyst-7", "call", cancellationToken);
        var auditor = await NewClientAsync("auditor-1", "audit", cancellationToken);
        var desk = await NewClientAsync("desk-1", "review", cancellationToken);
        (_analystKey, _auditorKey, _reviewerKey) = (analyst.Key, auditor.Key, desk.Key);
        var configuration =
            $"""
            listen: 127.0.0.1:0
            store: sqlite:holdpoint.db
            agreement: agreement
            log: {"{ origin: example.org/demo, key_file: log.key }"}
            upstreams:
              - {"{ name: echo, kind: echo, models: [echo] }"}
            clients:
              {analyst.Line}
              {auditor.Line}
              {desk.Line}

            """;
        await File.WriteAllTextAsync(stage["holdpoint.yaml"], configuration, cancellationToken);
        Say("\nholdpoint.yaml:\n" + Indent(configuration));

        await ProveAgreementAsync(cancellationToken);
        await StartGatewayAsync(cancellationToken);
        Say($"ready {_gateway!.Address.ToString().TrimEnd('/')}");
    }

    /// <summary>Proves it once and keeps the proof, so that each start needs no solver.</summary>
    private async Task ProveAgreementAsync(CancellationToken cancellationToken)
    {
        if (SolverTool.Installed().IsEmpty)
        {
            Say("""

                No solver is on this machine, so that this agreement is safe is not proved here, and `serve` would refuse it. For the demo alone it is
                used all the same. To see the proof: apt-get install z3 cvc5
                """);
            return;
        }

        Say("\nBefore it may take effect: claims cannot loosen it, detectors cannot open it, its red lines hold whatever its "
            + "clauses say. Proved, not tested:");
        Directory.CreateDirectory(stage[Path.Combine("agreement", "proofs")]);
        await RunAsync(cancellationToken, "prove", "agreement", "--sign", "prover.key", "--out", "agreement/proofs/demo.json");
    }

    private async Task StartGatewayAsync(CancellationToken cancellationToken)
    {
        Typed(["serve", "--config", "holdpoint.yaml"], background: true);
        string[] serve = SolverTool.Installed().IsEmpty ? ["demo", DemoGatewayCommand.Name] : ["serve"];
        _gateway = await DemoGateway.StartAsync(stage.Holdpoint([.. serve, "--config", "holdpoint.yaml"]), cancellationToken);
    }

    private async Task CallsAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(stage["rows.jsonl"], DemoRows.Text, cancellationToken);

        Heading("Act 1: rows of people that nobody vouches for");
        Say($"rows.jsonl: twelve lines such as\n{Indent(DemoRows.Text.Split('\n')[0])}");
        await CallAsync(DemoRows.Text, [], HttpStatusCode.Forbidden, "mass-domestic-surveillance", "act1", cancellationToken);

        Heading("Act 2: the same, with favourable claims");
        await CallAsync(
            DemoRows.Text,
            [("Holdpoint-Claims", """{"purpose":"general","origin":"foreign","consent":"individual","human":true}""")],
            HttpStatusCode.Forbidden, "mass-domestic-surveillance", "act2", cancellationToken);

        Heading("Act 3: signed evidence says what the rows are: bought, about 250,000 people in the country");
        var dataset = await AttestAsync(
            "registry.key", "dataset-provenance/v1", "dataset.json", cancellationToken,
            "--subject", "rows.jsonl", "--set", "origin=domestic", "--set", "jurisdiction=us", "--set", "acquisition=commercial",
            "--set", "consent=none", "--set", "classes=geolocation,identifiers", "--set", "subjects=250000");
        await CallAsync(
            DemoRows.Text, [("Holdpoint-Evidence", dataset)], HttpStatusCode.Forbidden, "bulk-acquired-data", "act3", cancellationToken);

        Heading("Act 4: a court order that covers exactly this data");
        var authority = await AttestAsync(
            "court.key", "authority/v1", "order.json", cancellationToken,
            "--set", "agreement=red-lines", "--set", "deployment=analysts-cloud",
            "--set", "principals=analyst-7", "--set", "basis=courtOrder",
            "--set", "case=2026-0417", "--set", $"selectors.datasets={dataset}",
            "--set", "purpose=bulkAnalysis", "--set", "expires=2099-12-31");
        var evidence = $"{dataset},{authority}";
        await CallAsync(DemoRows.Text, [("Holdpoint-Evidence", evidence)], HttpStatusCode.OK, "permit", "act4", cancellationToken);

        Heading("Act 5: one row is changed; the signature speaks for the others only");
        var changed = DemoRows.Text.Replace("cleo.duarte@", "cleo.d@", StringComparison.Ordinal);
        Say("In rows.jsonl, cleo.duarte@mail.example becomes cleo.d@mail.example.");
        await CallAsync(
            changed, [("Holdpoint-Evidence", evidence)], HttpStatusCode.Forbidden, "bulk-data-without-gaps", "act5", cancellationToken);
    }

    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        Heading("The proof: the gateway is switched off, and a stranger with the log's public key checks");
        foreach (var act in new[] { "act1", "act4", "act7" })
        {
            var index = (await File.ReadAllTextAsync(stage[act + ".index"], cancellationToken)).Trim();
            await FetchAsync($"log/record/{index}", act + ".record", cancellationToken);
            await FetchAsync($"log/receipt/{index}", act + ".receipt", cancellationToken);
        }

        Say("$ kill -TERM <gateway>");
        await _gateway!.StopAsync();
        await RunAsync(cancellationToken, "log", "export", "--config", "holdpoint.yaml", "exported");
        await RunAsync(cancellationToken, "verify", "log", "exported", "--key", _logKey);
        foreach (var act in new[] { "act1", "act4", "act7" })
        {
            await RunAsync(cancellationToken, "verify", "receipt", act + ".receipt", "--record", act + ".record", "--key", _logKey);
        }

        Say("\nThe record of the permitted call, as anyone with the right to it reads it (no content, no names):");
        var record = JsonNode.Parse(await File.ReadAllBytesAsync(stage["act4.record"], cancellationToken))!;
        Say(Indent(record.ToJsonString(new JsonSerializerOptions { WriteIndented = true })));
    }

    private async Task StayUpAsync(CancellationToken cancellationToken)
    {
        await StartGatewayAsync(cancellationToken);
        Say($"""

            The gateway is up again at {_gateway!.Address}v1 for your own client, with model "echo" and key {_analystKey}
            Try: curl {_gateway.Address}v1/chat/completions -H 'Authorization: Bearer {_analystKey}' -H 'Content-Type: application/json' -d '{"{"}"model":"echo","messages":[{"{"}"role":"user","content":"hello"{"}"}]{"}"}'
            Ctrl+C ends it and removes {stage.Folder}
            """);
        try
        {
            await _gateway.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how a person says that they have seen enough.
        }
    }

    private sealed class StoryBrokenException(string message) : Exception(message);
}
