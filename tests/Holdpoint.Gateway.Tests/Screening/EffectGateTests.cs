using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Upstream.Echo;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Gateway.Tests.Holds;
using Holdpoint.Gateway.Tests.Records;
using Holdpoint.Log;
using Holdpoint.Signals;
using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;

namespace Holdpoint.Gateway.Tests.Screening;

public sealed class EffectGateTests
{
    [Fact]
    public async Task What_waits_for_people_outlives_the_buffer_that_the_answer_came_in()
    {
        await using var gateway = await TestGateway.StartAsync(clause: HeldEffect.Clause);
        await using var fixture = await LogFixture.OpenAsync();
        var agreement = AgreementFolder.Load(gateway.Settings.AgreementPath).Agreement!;
        var bundle = new ActiveBundle(agreement, EvidenceCatalog.Empty(agreement.Issuers), new([]));
        var deciding = new Deciding(bundle);
        var established = Establish(bundle);
        using var echo = new EchoUpstream("echo", [], TimeProvider.System);
        var holdable = new HoldRequest(established.Request, new(echo, "echo", "echo"), bundle, isNotified: false);
        var gate = new EffectGate(new EffectDeciding(bundle, deciding), fixture.Log, established, holdable, release: null, decision: 0);
        var answer = Encoding.UTF8.GetBytes("""{"query":"dunes"}""");

        var objection = await gate.AdmitAsync(
            new Effect("search_library", answer, "search_library"), established.Situation, CoverageJson.Of(1, answer.Length, []));
        Array.Fill(answer, (byte)'x');

        var pending = Assert.IsType<Objection.ToBeHeld>(objection).Pending;
        Assert.Equal("""{"query":"dunes"}""", Encoding.UTF8.GetString(pending.Effect!.Arguments.Span));
    }

    private static Established Establish(ActiveBundle bundle)
    {
        var body = Encoding.UTF8.GetBytes(HeldEffect.Body());
        var request = new Request
        {
            Client = new Client(default, "analysts-cloud", "analyst-7", null, Rights.Call),
            Endpoint = "/v1/chat/completions",
            Body = body,
            BodyDigest = Hash.Of(body),
            Call = ((ReadOutcome.Readable)new OpenAiChat().Read(body)).Call,
        };
        var detectors = Detectors.Create(bundle.Agreement.Phrases);
        return new Establishing(bundle, detectors, TimeProvider.System).Establish(request, "echo", "echo").Established!;
    }
}
