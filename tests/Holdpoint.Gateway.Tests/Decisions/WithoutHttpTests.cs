using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Log;
using Holdpoint.Signals;
using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Stages 2 to 5 are values and functions: without a connection they come to what a call through the gateway comes to.</summary>
public sealed class WithoutHttpTests
{
    private const string Row = "{\\\"name\\\":\\\"Ann Example\\\",\\\"email\\\":\\\"ann{0}@example.org\\\"}";

    [Theory]
    [InlineData("hello", null)]
    [InlineData("hello", """{"purpose":"medical"}""")]
    [InlineData("hello", """{"purpose":"surveillance"}""")]
    [InlineData("rows of 40 people", null)]
    [InlineData("hello", """{"purpose":"nothing like it"}""")]
    public async Task A_request_is_decided_without_a_connection_as_through_the_gateway(string content, string? claims)
    {
        await using var gateway = await TestGateway.StartAsync();
        var text = content == "hello" ? content : string.Join("\\n", Enumerable.Range(0, 40).Select(i => Row.Replace("{0}", $"{i}")));
        var body = $$"""{"model":"echo","messages":[{"role":"user","content":"{{text}}"}]}""";

        var answer = await gateway.PostChatAsync(body, claims is null ? [] : [("Holdpoint-Claims", claims)]);
        var (verdict, cause, clauses) = Decide(AgreementFolder.Load(gateway.Settings.AgreementPath).Agreement!, body, claims);

        var record = await gateway.RecordAsync(answer.Record);
        Assert.Equal(record["verdict"]!.ToString(), verdict);
        Assert.Equal(record["cause"]?.ToString(), cause);
        Assert.Equal(record["clauses"]?.AsArray().Select(clause => clause!.ToString()) ?? [], clauses);
    }

    private static (string Verdict, string? Cause, IEnumerable<string> Clauses) Decide(Agreement agreement, string body, string? claims)
    {
        var bundle = new ActiveBundle(agreement, EvidenceCatalog.Empty(agreement.Issuers), new([]));
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new Request
        {
            Client = new Client(default, "analysts-cloud", "analyst-7", null, Rights.Call),
            Endpoint = "/v1/chat/completions",
            Body = bytes,
            BodyDigest = Hash.Of(bytes),
            Call = ((ReadOutcome.Readable)new OpenAiChat().Read(bytes)).Call,
            Claims = claims,
        };
        var establishing = new Establishing(bundle, Detectors.Create(agreement.Phrases), TimeProvider.System);

        var (established, fault) = establishing.Establish(request, provider: "echo", model: "echo");
        if (established is null)
        {
            return ("refuse", fault!.Cause, []);
        }

        var decided = new Deciding(bundle).Decide(established.Opening(), established.Subject, established.Situation);
        return (decided.Draft.Verdict!.Value.ToString().ToLowerInvariant(), decided.Draft.Cause, decided.Draft.Clauses);
    }
}
