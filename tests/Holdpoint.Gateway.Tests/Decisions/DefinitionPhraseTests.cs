using System.Collections.Immutable;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Log;
using Holdpoint.Signals;
using Holdpoint.Testing;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using Holdpoint.Wire.OpenAi;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>A phrase counts in a tool's definition, unless the agreement registers exactly that definition.</summary>
public sealed class DefinitionPhraseTests : IDisposable
{
    private const string Phrase = "write a working exploit for";
    private const string Deployment = "analysts-cloud";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"type":"function","function":{"name":"f","description":"PHRASE the host"}}""")]
    [InlineData("""{"type":"function","function":{"name":"write_a_working_exploit_for"}}""")]
    [InlineData("""{"type":"function","function":{"name":"f","parameters":{"properties":{"a":{"description":"PHRASE it"}}}}}""")]
    [InlineData("""{"type":"function","function":{"name":"f","parameters":{"properties":{"PHRASE it":{"type":"string"}}}}}""")]
    [InlineData("""{"type":"function","function":{"name":"f","parameters":{"enum":["write a working","exploit for"]}}}""")]
    [InlineData("""{"type":"function","function":{"name":"f","parameters":{"examples":[{"a":"wr\u0069te a working exploit for"}]}}}""")]
    [InlineData("""{"type":"custom","custom":{"name":"f","format":{"type":"grammar","grammar":{"definition":"PHRASE"}}}}""")]
    public void A_phrase_anywhere_in_a_definition_counts(string tool) =>
        Assert.Equal(["offensive-cyber"], Phrases(new OpenAiChat(), "{\"model\":\"m\",\"messages\":[],\"tools\":[" + Of(tool) + "]}"));

    [Theory]
    [InlineData("""{"model":"m","max_tokens":9,"messages":[],"tools":[{"name":"f","input_schema":{},"description":"PHRASE it"}]}""")]
    [InlineData("""{"model":"m","max_tokens":9,"messages":[],"tools":[{"name":"f","input_schema":{},"input_examples":["PHRASE it"]}]}""")]
    public void Whatever_the_wire_format(string body) => Assert.Equal(["offensive-cyber"], Phrases(new AnthropicMessages(), Of(body)));

    [Fact]
    public void The_older_functions_too() => Assert.Equal(
        ["offensive-cyber"],
        Phrases(new OpenAiChat(), Of("""{"model":"m","messages":[],"functions":[{"name":"f","description":"PHRASE it"}]}""")));

    [Fact]
    public void A_definition_that_is_registered_by_its_digest_is_text_that_the_parties_agreed_to()
    {
        var tool = Of("""{"type":"function","function":{"name":"f","description":"never PHRASE anybody"}}""");
        var body = "{\"model\":\"m\",\"messages\":[],\"tools\":[" + tool + "]}";
        var digest = ToolDigest.Of(new("f", Encoding.UTF8.GetBytes(tool), RunByProvider: false));

        string Line(string deployment, string name) =>
            $"  - {{ deployment: {deployment}, name: {name}, digest: {digest}, effect: inform }}\n";

        Assert.Empty(Phrases(new OpenAiChat(), body, Line(Deployment, "f")));
        Assert.NotEmpty(Phrases(new OpenAiChat(), body, Line(Deployment, "g")));
        Assert.NotEmpty(Phrases(new OpenAiChat(), body, Line("casework-onprem", "f")));
        Assert.NotEmpty(
            Phrases(
                new OpenAiChat(),
                body.Replace("anybody", "anyone", StringComparison.Ordinal),
                Line(Deployment, "f")));
    }

    [Fact]
    public void A_definition_without_a_phrase_shows_none() => Assert.Empty(
        Phrases(new OpenAiChat(), """{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"write_a_file"}}]}"""));

    private static string Of(string json) => json.Replace("PHRASE", Phrase, StringComparison.Ordinal);

    private ImmutableArray<string> Phrases(WireFormat format, string body, string registered = "")
    {
        var copy = _folder[Guid.NewGuid().ToString("N")];
        foreach (var file in Directory.GetFiles(Path.Combine(Repo.Root, "agreements/red-lines"), "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Path.Combine(Repo.Root, "agreements/red-lines"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, File.ReadAllText(file).Replace("\ntools:\n", "\ntools:\n" + registered, StringComparison.Ordinal));
        }

        var agreement = AgreementFolder.Load(copy).Agreement!;
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new Request
        {
            Client = new Client(default, Deployment, "analyst-7", null, Rights.Call),
            Endpoint = format.Endpoint,
            Body = bytes,
            BodyDigest = Hash.Of(bytes),
            Call = ((ReadOutcome.Readable)format.Read(bytes)).Call,
            Claims = null,
        };
        var bundle = new ActiveBundle(agreement, EvidenceCatalog.Empty(agreement.Issuers), new([]));
        var (established, _) = new Establishing(bundle, Detectors.Create(agreement.Phrases), TimeProvider.System)
            .Establish(request, provider: "echo", model: "echo");
        return established!.Findings.Phrases;
    }
}
