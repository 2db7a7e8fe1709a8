using Holdpoint.Evidence;
using Holdpoint.Gateway.Activation;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>No agreement takes effect that the gate did not admit, at a start and at a reload.</summary>
public sealed class ActivationTests
{
    private static readonly EvidenceId Proof = EvidenceId.Of("a proof"u8);

    [Fact]
    public async Task A_start_records_what_is_proved_of_the_bundle_and_by_whom()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        gateway.Gate = (_, _, _) => Task.FromResult<ActivationRuling>(new ActivationRuling.Admitted(["T1", "T2"], ["z3", "cvc5"], Proof));

        await gateway.StartAgainAsync();

        var status = await gateway.StatusAsync();
        var record = await gateway.RecordAsync(status["records"]!.GetValue<long>() - 1);
        Assert.Equal(("activation", status["bundle"]!.ToString()), (record["kind"]!.ToString(), record["bundle"]!.ToString()));
        Assert.Equal("""["T1","T2"]""", record["theorems"]!.ToJsonString());
        Assert.Equal("""["z3","cvc5"]""", record["solvers"]!.ToJsonString());
        Assert.Equal($"""["{Proof}"]""", record["evidence"]!.ToJsonString());
    }

    [Fact]
    public async Task What_the_gate_refuses_does_not_start_and_leaves_no_record()
    {
        await using var gateway = await TestGateway.StartAsync();
        var records = (await gateway.StatusAsync())["records"]!.GetValue<long>();
        await gateway.StopAsync();
        gateway.Gate = (_, _, _) => Task.FromResult<ActivationRuling>(new ActivationRuling.Refused(["  T1 is refuted", "  T2 is refuted"]));

        var fault = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Equal("the agreement red-lines does not take effect:\n  T1 is refuted\n  T2 is refuted", fault.Message);
        gateway.Gate = OpenGate.RuleAsync;
        await gateway.StartAgainAsync();

        // The stop of the first run, and start and activation of this one: nothing of the attempt.
        Assert.Equal(records + 3, (await gateway.StatusAsync())["records"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_gate_that_breaks_refuses_and_tells_no_content()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        gateway.Gate = (_, _, _) => throw new InvalidOperationException("zebra");

        var fault = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("InvalidOperationException", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zebra", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_that_the_gate_refuses_changes_nothing_and_says_why()
    {
        await using var gateway = await ChangedAsync(
            (_, _, _) => Task.FromResult<ActivationRuling>(new ActivationRuling.Refused(["  T1 is refuted"])));
        var before = await gateway.StatusAsync();

        var outcome = await gateway.ReloadAsync();

        Assert.Equal(["the agreement red-lines does not take effect:", "  T1 is refuted"], outcome.Problems);
        var after = await gateway.StatusAsync();
        Assert.Equal(before["bundle"]!.ToString(), after["bundle"]!.ToString());
        Assert.Equal(before["records"]!.ToString(), after["records"]!.ToString());
    }

    [Fact]
    public async Task A_reload_records_the_activation_before_it_is_made()
    {
        await using var gateway = await ChangedAsync(
            (_, _, _) => Task.FromResult<ActivationRuling>(new ActivationRuling.Admitted(["T1"], ["z3"], Proof)));

        Assert.True((await gateway.ReloadAsync()).IsApplied);

        var status = await gateway.StatusAsync();
        var activation = await gateway.RecordAsync(status["records"]!.GetValue<long>() - 2);
        Assert.Equal(
            ("activation", status["bundle"]!.ToString(), $"""["{Proof}"]"""),
            (activation["kind"]!.ToString(), activation["bundle"]!.ToString(), activation["evidence"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_reload_of_the_same_bundle_asks_nobody()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        var asked = 0;
        gateway.Gate = (agreement, folder, cancellation) =>
        {
            asked++;
            return OpenGate.RuleAsync(agreement, folder, cancellation);
        };
        await gateway.StartAgainAsync();
        gateway.Edit(text => text + "# changed\n");

        Assert.True((await gateway.ReloadAsync()).IsApplied);

        Assert.Equal(1, asked);
    }

    /// <summary>The folder changed between the loading and the ruling: what is ruled on, and takes effect, is what was loaded.</summary>
    [Fact]
    public async Task What_takes_effect_is_what_was_ruled_on_even_if_the_folder_changes_meanwhile()
    {
        var ruled = "";
        await using var gateway = await ChangedAsync(async (agreement, folder, cancellation) =>
        {
            ruled = agreement.Bundle.ToString();
            await File.AppendAllTextAsync(Path.Combine(folder, "agreement.yaml"), "\n# changed once more\n", cancellation);
            return new ActivationRuling.Admitted(["T1"], ["z3"], Proof: null);
        });

        Assert.True((await gateway.ReloadAsync()).IsApplied);

        Assert.Equal(ruled, (await gateway.StatusAsync())["bundle"]!.ToString());
    }

    /// <summary>A gateway that runs on one bundle, with another in its folder and this gate before it.</summary>
    private static async Task<TestGateway> ChangedAsync(ActivationGate gate)
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        var first = true;
        gateway.Gate = (agreement, folder, cancellation) =>
            (Interlocked.Exchange(ref first, false) ? OpenGate.RuleAsync : gate)(agreement, folder, cancellation);
        await gateway.StartAgainAsync();
        await File.AppendAllTextAsync(
            Path.Combine(gateway.Folder, "agreement", "agreement.yaml"), "\n# changed\n", TestContext.Current.CancellationToken);
        return gateway;
    }
}
