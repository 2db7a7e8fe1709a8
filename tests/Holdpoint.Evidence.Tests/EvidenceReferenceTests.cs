using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Evidence.Tests;

/// <summary>The example of docs/reference/evidence.md is true, and the page names every code, predicate and limit.</summary>
public partial class EvidenceReferenceTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "evidence.md"));

    [Fact]
    public void The_example_verifies_and_says_what_the_page_shows()
    {
        var (statementText, envelope) = (Blocks("json")[0], Encoding.UTF8.GetBytes(Blocks("json")[1]));

        var statement = Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Authenticate(envelope, new([Issuer]))).Statement;

        Assert.Contains($"Its id is `{statement.Id}`", Page, StringComparison.Ordinal);
        Assert.Contains($"in it is `sha256:{statement.StatementDigest}`", Page, StringComparison.Ordinal);
        Assert.True(DsseEnvelope.TryParse(envelope, out var dsse, out _));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(statementText), JsonNode.Parse(dsse.Payload.Span)));
        Assert.Equal(KeyId.Of(Issuer.Key), dsse.Signatures[0].KeyId);
        Assert.Equal(dsse.Payload.ToArray(), new InTotoStatement(statement.Subjects, statement.Predicate).ToJson());
    }

    [Fact]
    public void The_example_attests_the_two_long_lines_of_its_data()
    {
        var rows = Encoding.UTF8.GetBytes(Blocks("jsonl")[0] + "\n");
        var envelope = Encoding.UTF8.GetBytes(Blocks("json")[1]);
        var statement = Assert.IsType<EvidenceOutcome.Valid>(EvidenceVerifier.Authenticate(envelope, new([Issuer]))).Statement;
        var chunks = ((DatasetProvenance)statement.Predicate).Chunks;

        List<bool> attested = [];
        foreach (var line in new LineChunks(rows))
        {
            attested.Add(line.IsChunk && chunks.Contains(Hash.Of(rows.AsSpan(line.Start, line.Length))));
        }

        Assert.Equal([true, true, false], attested);
        Assert.Equal(Hash.Of(rows), statement.Subjects[0].Digest);
    }

    [Fact]
    public void The_page_names_every_code_predicate_and_limit()
    {
        Assert.All(Enum.GetValues<EvidenceCause>(), cause => Assert.Contains($"| `{cause.Code}` |", Page, StringComparison.Ordinal));
        Assert.All(PredicateType.All, type => Assert.Contains($"### {type.Name}\n\n`{type.Uri}`", Page, StringComparison.Ordinal));
        Assert.Contains($"{DsseEnvelope.MaxBytes:N0} bytes", Page, StringComparison.Ordinal);
        Assert.Contains($"list, up to {ChunkList.MaxCount:N0}", Page, StringComparison.Ordinal);
        Assert.Contains($"at least {LineChunks.MinBytes} bytes", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_every_field_that_a_statement_can_have()
    {
        string[] written =
        [
            .. Fields(new DatasetProvenance
            {
                Origin = "x", Jurisdiction = "x", Acquisition = "x", Consent = "x", Classes = ["x"], Subjects = 1, Deployments = ["x"],
                Validity = new(Party.Now, Party.Now.AddDays(1)), Chunks = ChunkList.Create([Hash.Of("x"u8)]),
            }),
            .. Fields(Party.Authority(new Selectors { Datasets = [EvidenceId.Of("x"u8)], Classes = ["x"], Origins = ["x"] })),
            .. Fields(new Revocation { Reason = "x" }),
            .. Fields(new Proof { Agreement = "x", Analysis = 1, Solvers = ["x"], Theorems = ["x"], Issued = Party.Now }),
        ];

        Assert.All(written, name => Assert.Matches($"`(chunks\\.)?{name}`", Page));
    }

    private static Issuer Issuer
    {
        get
        {
            var line = IssuerLine().Match(Page);
            Assert.True(line.Success);
            return new(
                line.Groups["name"].Value, line.Groups["party"].Value,
                Ed25519PublicKey.FromBytes(Convert.FromBase64String(line.Groups["key"].Value)),
                [.. line.Groups["predicates"].Value.Split(", ").Select(p => PredicateType.FromName(p)!)],
                DateOnly.ParseExact(line.Groups["until"].Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<string> Fields(Predicate predicate)
    {
        var statement = JsonNode.Parse(new InTotoStatement([], predicate).ToJson())!;
        return Names(statement["predicate"]!);

        static IEnumerable<string> Names(JsonNode node) => node is JsonObject o ? o.SelectMany(p => Names(p.Value!).Prepend(p.Key)) : [];
    }

    private static string[] Blocks(string language) =>
        [.. Block().Matches(Page).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["text"].Value)];

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("""^- \{ name: (?<name>\S+), party: (?<party>\S+), key: "(?<key>\S+)", predicates: """
        + """\[(?<predicates>[^]]+)\], until: (?<until>\S+) \}$""", RegexOptions.Multiline)]
    private static partial Regex IssuerLine();
}
