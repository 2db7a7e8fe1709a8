using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Proofs;
using Holdpoint.Policy.Json;

namespace Holdpoint.Cli.Tests.Proofs;

public sealed class ProveCommandTests
{
    [Fact]
    public async Task What_is_proved_is_signed_and_serve_accepts_it_and_stdout_is_json_alone()
    {
        Solver.Require();
        using var copy = await AgreementCopy.CreateAsync();

        // An older proof of that name is replaced.
        copy.Put("{}"u8.ToArray());

        var run = await CommandRun.StartAsync("prove", copy.Path, "--sign", copy.KeyPath, "--out", copy.ProofPath, "--json");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var answer = JsonNode.Parse(run.Output)!;
        Assert.Equal(copy.Agreement.Bundle.ToString(), answer["bundle"]!.ToString());
        var theorems = answer["theorems"]!.AsArray();
        Assert.Equal(["T1", "T2", "T3", "T4", "T5", "T6"], theorems.Select(t => t!["id"]!.ToString()).Distinct());
        Assert.All(theorems, theorem =>
        {
            Assert.Equal("proved", theorem!["result"]!.ToString());
            Assert.True(theorem["ms"]!.GetValue<long>() >= 0);
            Assert.True(theorem.AsObject().ContainsKey("clause"));
            Assert.True(theorem.AsObject().TryGetPropertyValue("witness", out var witness) && witness is null);
        });
        Assert.Equal(["of-the-test.json"], Directory.EnumerateFiles(copy["agreement/proofs"]).Select(Path.GetFileName));
        Assert.NotNull(ProofStatement.Find(copy.Agreement, copy.Path, DateTimeOffset.UtcNow, []));
    }

    [Fact]
    public async Task What_is_refuted_or_unknown_is_shown_with_a_witness_and_not_signed()
    {
        Solver.Require();
        using var copy = await AgreementCopy.CreateAsync();
        copy.Loosen();
        AgreementCopy.Keep(copy.Path, "mass-domestic-surveillance", "no-mass-domestic-surveillance", "suspension");
        copy.Edit(
            "clauses/suspension.cedar", "context.suspended",
            "context.suspended && Holdpoint::Tool::\"open_case\".effect == Holdpoint::EffectClass::\"kinetic\"");
        copy.Put("{}"u8.ToArray());

        var run = await CommandRun.StartAsync("prove", copy.Path, "--sign", copy.KeyPath, "--out", copy.ProofPath, "--json");

        Assert.True(run.ExitCode == 1, run.Output + run.Errors);
        Assert.Contains("not signed", run.Errors, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(copy.ProofPath, TestContext.Current.CancellationToken));
        var theorems = JsonNode.Parse(run.Output)!["theorems"]!.AsArray();
        Assert.Equal(
            "unknown",
            theorems.Single(t => t!["id"]!.ToString() == "T4" && t["clause"]?.ToString() == "suspension")!["result"]!.ToString());
        var gap = theorems.Single(t => t!["id"]!.ToString() == "T1" && t["clause"]?.ToString() == "no-mass-domestic-surveillance")!;
        Assert.Equal("refuted", gap["result"]!.ToString());
        Assert.NotEqual("", gap["witness"]!["text"]!.ToString());

        // The witness is what `cedar authorize` reads.
        Assert.Null(RequestJson.Parse(Encoding.UTF8.GetBytes(gap["witness"]!["request"]!.ToJsonString())).Fault);
        Assert.Null(EntitiesJson.Parse(Encoding.UTF8.GetBytes(gap["witness"]!["entities"]!.ToJsonString())).Fault);
    }

    [Fact]
    public async Task A_key_whose_proof_serve_would_not_accept_is_refused_before_anything_is_proved()
    {
        using var copy = await AgreementCopy.CreateAsync();
        await AgreementCopy.KeygenAsync("stranger", copy["stranger.key"]);

        var run = await CommandRun.StartAsync("prove", copy.Path, "--sign", copy["stranger.key"], "--out", copy.ProofPath);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("issuers:", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(copy.ProofPath));
    }

    [Fact]
    public async Task Without_a_solver_it_says_what_to_install()
    {
        using var copy = await AgreementCopy.CreateAsync();

        var run = await CommandRun.StartWithAsync(new() { ["PATH"] = copy["nowhere"] }, "prove", copy.Path, "--json");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("apt-get install z3 cvc5", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--sign", "prover.key")]
    [InlineData(2, "--out", "proof.json")]
    [InlineData(3, "--sign", "no-such.key", "--out", "proof.json")]
    public async Task What_does_not_go_together_is_refused_before_anything_is_proved(int code, params string[] arguments)
    {
        using var copy = await AgreementCopy.CreateAsync();
        string[] named = [.. arguments.Select(a => a.StartsWith('-') ? a : copy[a])];

        var run = await CommandRun.StartAsync(["prove", copy.Path, .. named]);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.False(File.Exists(copy["proof.json"]));
    }

    [Fact]
    public async Task A_folder_that_is_no_agreement_is_a_fault_of_the_environment()
    {
        using var copy = await AgreementCopy.CreateAsync();
        File.Delete(Path.Combine(copy.Path, "basis.yaml"));

        Assert.Equal(3, (await CommandRun.StartAsync("prove", copy.Path)).ExitCode);
        Assert.Equal(3, (await CommandRun.StartAsync("prove", copy["nowhere"])).ExitCode);
    }
}
