using System.Text.Json.Nodes;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Evidence;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>The real executable does not serve what is not proved.</summary>
public sealed class ServeActivationTests
{
    [Fact]
    public async Task An_agreement_that_is_not_proved_is_refused_by_theorem_clause_and_witness()
    {
        Solver.Require();
        using var copy = await AgreementCopy.CreateAsync();

        // A proof of what it was before does not help.
        copy.Put(copy.Envelope());
        copy.Loosen();
        AgreementCopy.Keep(copy.Path, "mass-domestic-surveillance", "no-mass-domestic-surveillance");

        var run = await CommandRun.StartAsync("serve", "--config", copy.ConfigPath);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("the agreement red-lines does not take effect:", run.Errors, StringComparison.Ordinal);
        Assert.Matches("T1 is refuted of no-mass-domestic-surveillance: .{20,}", run.Errors);
        Assert.Contains("proofs/of-the-test.json does not count: it is of another version", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(copy["holdpoint.db"]));
    }

    [Fact]
    public async Task Without_a_solver_and_without_a_proof_it_says_what_to_install()
    {
        using var copy = await AgreementCopy.CreateAsync();
        copy.Put("{}"u8.ToArray());

        var run = await CommandRun.StartWithAsync(new() { ["PATH"] = copy["nowhere"] }, "serve", "--config", copy.ConfigPath);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("apt-get install z3 cvc5", run.Errors, StringComparison.Ordinal);
        Assert.Contains("holdpoint prove DIR --sign KEY", run.Errors, StringComparison.Ordinal);
        Assert.Contains("proofs/of-the-test.json does not count", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// Not even a solver that always says what one would like to hear proves an agreement: theorem 6 needs examples that replay.
    /// </summary>
    [Theory]
    [InlineData("unsat", "T6 is refuted of")]
    [InlineData("sat", "T1 is not proved of")]
    [InlineData("unknown", "T1 is not proved of")]
    [InlineData("certainly", "did not answer the question")]
    [InlineData("'(error \"no\")'", "did not answer the question")]
    public async Task A_solver_that_always_says_the_same_proves_nothing(string answer, string reason)
    {
        using var copy = await AgreementCopy.CreateAsync();

        var run = await CommandRun.StartWithAsync(new() { ["PATH"] = copy.SolverThatSays(answer) }, "serve", "--config", copy.ConfigPath);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_proof_stands_in_for_a_solver_at_a_start_and_at_a_reload_and_each_is_recorded()
    {
        await using var gateway = await GatewayProcess.StartAsync(path: "/nowhere");
        using var http = new HttpClient();
        var started = await http.StatusAsync(gateway);
        await AssertActivationAsync(http, gateway, started, started["records"]!.GetValue<long>() - 1);

        // Another version without a proof of it: the old one stays, and the status says why.
        await File.AppendAllTextAsync(gateway["agreement/agreement.yaml"], "\n# changed\n", TestContext.Current.CancellationToken);
        gateway.HangUp();
        var refused = await http.StatusWhenAsync(gateway, status => status["reload"]?["outcome"]?.ToString() == "refused");
        Assert.Equal(started["bundle"]!.ToString(), refused["bundle"]!.ToString());
        Assert.Equal(started["records"]!.ToString(), refused["records"]!.ToString());
        var problems = string.Join('\n', refused["reload"]!["problems"]!.AsArray());
        Assert.Contains("it is not proved, and no solver is here", problems, StringComparison.Ordinal);
        Assert.Contains("it is of another version of the agreement", problems, StringComparison.Ordinal);

        gateway.Vouch();
        gateway.HangUp();
        var taken = await http.StatusWhenAsync(gateway, status => status["reload"]?["outcome"]?.ToString() == "taken");
        Assert.NotEqual(started["bundle"]!.ToString(), taken["bundle"]!.ToString());
        await AssertActivationAsync(http, gateway, taken, taken["records"]!.GetValue<long>() - 2);
        Assert.Equal("reload", (await RecordAsync(http, gateway, taken["records"]!.GetValue<long>() - 1))["kind"]!.ToString());
    }

    [Fact]
    public async Task A_reload_with_a_version_that_solvers_refute_keeps_the_old_one_and_names_the_theorem()
    {
        Solver.Require();
        await using var gateway = await GatewayProcess.StartAsync();
        using var http = new HttpClient();
        var before = await http.StatusAsync(gateway);
        var clause = gateway["agreement/clauses/mass-domestic-surveillance.cedar"];
        var text = await File.ReadAllTextAsync(clause, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            clause, text.Replace(
                "when { context.content.unattestedPersons > 5 };",
                "when { context.content.unattestedPersons > 5000 };", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        AgreementCopy.Keep(gateway["agreement"], "mass-domestic-surveillance", "no-mass-domestic-surveillance");

        gateway.HangUp();
        var refused = await http.StatusWhenAsync(gateway, status => status["reload"]?["outcome"]?.ToString() == "refused");

        Assert.Equal(before["bundle"]!.ToString(), refused["bundle"]!.ToString());
        Assert.Contains(
            "T1 is refuted of no-mass-domestic-surveillance: ",
            string.Join('\n', refused["reload"]!["problems"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demos_own_gateway_is_no_way_around_the_gate()
    {
        using var copy = await AgreementCopy.CreateAsync();
        await File.WriteAllTextAsync(
            copy.ConfigPath,
            (await File.ReadAllTextAsync(copy.ConfigPath, TestContext.Current.CancellationToken)).Replace(
                "upstreams:\n",
                "upstreams:\n  - { name: m, kind: openai, url: \"https://localhost:1\", key_env: KEY, models: [\"gpt-*\"] }\n",
                StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var run = await CommandRun.StartWithAsync(new() { ["KEY"] = "x" }, "demo", "gateway", "--config", copy.ConfigPath);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("echo", run.Errors, StringComparison.Ordinal);
    }

    private static async Task AssertActivationAsync(HttpClient http, GatewayProcess gateway, JsonNode status, long index)
    {
        var record = await RecordAsync(http, gateway, index);
        Assert.Equal(("activation", status["bundle"]!.ToString()), (record["kind"]!.ToString(), record["bundle"]!.ToString()));
        Assert.Equal("""["T1","T2","T3","T4","T5","T6"]""", record["theorems"]!.ToJsonString());
        Assert.Equal("""["z3"]""", record["solvers"]!.ToJsonString());
        var proof = await File.ReadAllBytesAsync(gateway["agreement/proofs/of-the-test.json"], TestContext.Current.CancellationToken);
        Assert.Equal($"""["{EvidenceId.Of(proof)}"]""", record["evidence"]!.ToJsonString());
    }

    private static async Task<JsonNode> RecordAsync(HttpClient http, GatewayProcess gateway, long index)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, $"/log/record/{index}"));
        request.Headers.Add("x-api-key", GatewayProcess.AuditorKey);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
