using System.Text.Json;
using System.Text.Json.Nodes;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Signing;
using Holdpoint.Evidence.Trust;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Evidence;

public sealed class AttestTests : IDisposable
{
    private static readonly string Row = """{"name":"Ada Example","phone":"+1 202 555 0100","lat":38.9,"lon":-77.0}""";

    private readonly TempFolder _folder = new();
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    public AttestTests() => _folder.WriteKey("signer.key", SignerKeyPem.Write(_key));

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_statement_is_about_every_line_long_enough_and_the_whole_file()
    {
        File.WriteAllText(_folder["rows.jsonl"], $"{Row}\n\nshort\n{Row}\r\n{Row}2");

        var run = await AttestAsync(
            "dataset-provenance/v1", "--subject", _folder["rows.jsonl"],
            "--set", "origin=domestic", "--set", "classes=geolocation,identifiers", "--set", "subjects=2");

        var statement = Read(run);
        var dataset = Assert.IsType<DatasetProvenance>(statement.Predicate);
        Assert.Equal(("domestic", 2), (dataset.Origin, dataset.Subjects));
        Assert.Equal(["geolocation", "identifiers"], dataset.Classes);
        Assert.Null(dataset.Consent);
        Assert.Equal(2, dataset.Chunks.Digests.Length);
        Assert.True(dataset.Chunks.Contains(Hash.Of(System.Text.Encoding.UTF8.GetBytes(Row))));
        Assert.Equal(new("rows.jsonl", Hash.Of(File.ReadAllBytes(_folder["rows.jsonl"]))), Assert.Single(statement.Subjects));
        Assert.Equal($"{statement.Id}\n", run.Output);
        Assert.Equal("rows.jsonl: 4 lines, 1 of them shorter than 64 bytes and so not attested\n", run.Errors);
    }

    [Fact]
    public async Task A_value_that_the_vocabulary_does_not_list_is_signed_and_pointed_out()
    {
        File.WriteAllText(_folder["rows.jsonl"], Row);

        var run = await AttestAsync(
            "dataset-provenance/v1", "--subject", _folder["rows.jsonl"], "--set", "acquisition=comercial", "--set", "origin=domestic");

        Assert.Equal("comercial", ((DatasetProvenance)Read(run).Predicate).Acquisition);
        Assert.StartsWith("acquisition: 'comercial' is not in the built-in vocabulary (", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("origin", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_attested_as_a_whole()
    {
        File.WriteAllBytes(_folder["face.png"], [0x89, 0x50, 0xff]);

        var run = await AttestAsync("dataset-provenance", "--subject", _folder["face.png"], "--json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(0, answer.GetProperty("chunks").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("root").ValueKind);
        var file = Assert.Single(answer.GetProperty("files").EnumerateArray());
        Assert.Equal(("face.png", false), (file.GetProperty("name").GetString(), file.GetProperty("text").GetBoolean()));
        Assert.Equal(answer.GetProperty("id").GetString(), Read(run).Id.ToString());
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task An_authority_says_what_was_set()
    {
        var dataset = EvidenceId.Of("dataset"u8);

        var run = await AttestAsync(
            "authority/v1", "--set", "agreement=red-lines", "--set", "deployment=analysts-cloud", "--set", "principals=analyst-7,analyst-9",
            "--set", "basis=courtOrder", "--set", "case=26-0193",
            "--set", "purpose=lawEnforcement", "--set", $"selectors.datasets={dataset}",
            "--set", "selectors.classes=health", "--set", "selectors.origins=domestic", "--set", "expires=2026-12-31");

        var authority = Assert.IsType<Authority>(Read(run).Predicate);
        Assert.Equal(
            ("red-lines", "analysts-cloud", "courtOrder", "26-0193", "lawEnforcement"),
            (authority.Agreement, authority.Deployment, authority.Basis, authority.Case, authority.Purpose));
        Assert.Equal(["analyst-7", "analyst-9"], authority.Principals);
        Assert.Equal([dataset], authority.Selectors.Datasets);
        Assert.Equal(["health"], authority.Selectors.Classes);
        Assert.Equal(["domestic"], authority.Selectors.Origins);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), authority.Validity.Expires);
    }

    [Fact]
    public async Task A_revocation_names_an_envelope_by_both_its_digests()
    {
        File.WriteAllText(_folder["rows.jsonl"], Row);
        var revoked = Read(await AttestAsync("dataset-provenance/v1", "--subject", _folder["rows.jsonl"]));
        File.Move(_folder["out.json"], _folder["revoked.json"]);
        var other = EvidenceId.Of("other"u8);

        var run = await AttestAsync(
            "revocation/v1", "--subject", _folder["revoked.json"], "--set", $"statements={other}", "--set", "reason=sold by mistake");

        var revocation = Read(run);
        Assert.Equal([other.Digest, revoked.Id.Digest, revoked.StatementDigest], revocation.Subjects.Select(s => s.Digest));
        Assert.Equal("sold by mistake", Assert.IsType<Revocation>(revocation.Predicate).Reason);
    }

    [Fact]
    public async Task The_reference_page_shows_what_is_printed_for_its_example()
    {
        var blocks = File.ReadAllText(Repo.Path("docs", "reference", "evidence.md")).Split("\n```");
        File.WriteAllText(
            _folder["rows.jsonl"], blocks.Single(b => b.StartsWith("jsonl\n", StringComparison.Ordinal))["jsonl\n".Length..] + "\n");
        var shown = JsonNode.Parse(blocks.Last(b => b.StartsWith("json\n", StringComparison.Ordinal))["json\n".Length..])!;

        var run = await AttestAsync(
            "dataset-provenance/v1", "--subject", _folder["rows.jsonl"], "--set", "origin=domestic", "--set", "jurisdiction=us",
            "--set", "acquisition=commercial", "--set", "consent=none", "--set", "classes=geolocation,identifiers", "--set", "subjects=2",
            "--set", "expires=2098-12-31", "--json");

        var printed = JsonNode.Parse(run.Output)!;
        Assert.Equal(Read(run).Id.ToString(), printed["id"]!.GetValue<string>());
        shown["id"] = printed["id"]!.DeepClone(); // the only part that another key changes
        Assert.True(JsonNode.DeepEquals(shown, printed), run.Output);
    }

    [Theory]
    [InlineData("authority/v1", "--set", "agreement=a")]
    [InlineData("authority/v1", "--set", "agreement=a", "--set", "deployment=d", "--set", "expires=2027-01-01")]
    [InlineData("authority/v1", "--set", "agreement=a", "--set", "deployment=d", "--set", "principals=p", "--set", "expires=soon")]
    [InlineData(
        "authority/v1", "--set", "agreement=a", "--set", "deployment=d", "--set", "principals=p",
        "--set", "expires=2027-01-01", "--set", "notBefore=2028-01-01")]
    [InlineData("authority/v1", "--set", "agreement=a", "--set", "agreement=b")]
    [InlineData("authority/v1", "--set", "agreement")]
    [InlineData("revocation/v1", "--set", "statements=all")]
    [InlineData("revocation/v1")]
    [InlineData("dataset-provenance/v1", "--set", "origin=domestic")]
    [InlineData("dataset-provenance/v1", "--subject", "ROWS", "--set", "origins=domestic")]
    [InlineData("dataset-provenance/v1", "--subject", "ROWS", "--set", "subjects=many")]
    [InlineData("dataset-provenance/v1", "--subject", "ROWS", "--set", "classes=a,,b")]
    [InlineData("dataset-provenance/v1", "--subject", "TOO-MANY")]
    [InlineData("trust-me/v1")]
    public async Task What_is_no_statement_is_a_usage_error_and_nothing_is_written(string predicate, params string[] options)
    {
        File.WriteAllText(_folder["ROWS"], Row);
        File.WriteAllLines(_folder["TOO-MANY"], Enumerable.Range(0, 10_001).Select(i => $"{Row}{i}"));

        var run = await AttestAsync(predicate, [.. options.Select(o => o is "ROWS" or "TOO-MANY" ? _folder[o] : o)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Errors);
        Assert.False(File.Exists(_folder["out.json"]));
    }

    [Theory]
    [InlineData("missing.key", "rows.jsonl")]
    [InlineData("rows.jsonl", "rows.jsonl")]
    [InlineData("signer.key", "missing.jsonl")]
    public async Task A_file_that_is_missing_or_another_is_an_environment_fault(string key, string subject)
    {
        File.WriteAllText(_folder["rows.jsonl"], Row);

        var run = await CommandRun.StartAsync(
            "attest", "--key", _folder[key], "--predicate", "dataset-provenance/v1",
            "--subject", _folder[subject], "--out", _folder["out.json"]);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.False(File.Exists(_folder["out.json"]));
    }

    private Task<CommandRun> AttestAsync(string predicate, params string[] options) => CommandRun.StartAsync(
        ["attest", "--key", _folder["signer.key"], "--predicate", predicate, "--out", _folder["out.json"], .. options]);

    private VerifiedStatement Read(CommandRun run)
    {
        Assert.True(run.ExitCode == 0, run.Errors);
        var issuer = new Issuer("i", "p", _key.PublicKey, PredicateType.All, new(2099, 1, 1));
        var outcome = EvidenceVerifier.Authenticate(File.ReadAllBytes(_folder["out.json"]), new([issuer]));
        return Assert.IsType<EvidenceOutcome.Valid>(outcome).Statement;
    }
}
