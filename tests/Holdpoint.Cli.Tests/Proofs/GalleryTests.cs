using System.Text.RegularExpressions;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Proofs;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>What the READMEs of the worked agreements and the pages on proofs say is what the commands say.</summary>
public sealed partial class GalleryTests
{
    [Theory]
    [InlineData("all-lawful-uses")]
    [InlineData("usage-policy")]
    public async Task Without_red_lines_T1_is_refuted_and_the_other_theorems_are_proved(string name)
    {
        var run = await AnalysisRun.OfAsync(ProveCommand.Create(), Gallery.Folder(name), "--json");

        Assert.Equal(ExitCode.No, run.Code);
        Assert.Equal(
            ["T1 refuted", "T2 proved", "T3 proved", "T4 proved", "T5 proved", "T6 proved"],
            run.Json.GetProperty("theorems").EnumerateArray().Select(t => $"{t.GetProperty("id")} {t.GetProperty("result")}"));
        Assert.Equal(
            "the agreement has no red line, so nothing is beyond its clauses",
            run.Json.GetProperty("theorems").EnumerateArray().First().GetProperty("why").GetString());
    }

    [Fact]
    public async Task The_layers_keep_their_own_red_lines()
    {
        var proof = await Gallery.AskAsync(solvers => new AgreementProver(solvers).ProveAsync(Gallery.Load("layered-safety-stack")));

        Assert.True(proof.IsProved, string.Join('\n', proof.Theorems.Where(theorem => theorem.Result != ProofResult.Proved)));
        Assert.Equal(3, proof.Theorems.Count(theorem => theorem.Theorem == Theorem.T1));
    }

    /// <summary>
    /// The call that the READMEs speak of, and what each agreement makes of it: in the cloud, so that no layer stops it for its place.
    /// </summary>
    [Theory]
    [InlineData("all-lawful-uses", true)]
    [InlineData("usage-policy", true)]
    [InlineData("layered-safety-stack", true)]
    [InlineData("red-lines", false)]
    public void Bought_location_records_of_5000_people_without_authority(string name, bool isPermitted)
    {
        // None of the folders lists an issuer; somebody has to vouch for where the records come from.
        var key = Convert.ToBase64String(Ed25519PrivateKey.FromSeed(new byte[32]).PublicKey.Bytes);
        using var folder = Gallery.CopyOf(
            name, "agreement.yaml", File.ReadAllText(Path.Combine(Gallery.Folder(name), "agreement.yaml")).Replace(
                "issuers: []",
                $"issuers: [{{ name: supplier, party: agency, key: \"{key}\", predicates: [dataset-provenance/v1], until: 2099-12-31 }}]",
                StringComparison.Ordinal));
        var content = new ContentFacts(["domestic"], ["us"], ["commercial"], ["terms"], ["geolocation"], ["supplier"], 5_000, 200, 0);
        var situation = new Situation(content, new(5_000, 5_000, 5_000)) { Environment = "cloud" };

        var decision = AgreementSource.Load(folder.FullName)
            .Decide(new Subject.Invoke("analysts-cloud", "analyst-7", "gpt-5", "openai"), situation);

        Assert.Equal(isPermitted, decision.Verdict is Verdict.Permit);
        if (!isPermitted)
        {
            Assert.Contains("bulk-acquired-data", ((Verdict.Refuse)decision.Verdict).By.Select(id => id.Value));
        }
    }

    /// <summary>
    /// Every line after a <c>$ holdpoint …</c> on these pages is one that the command prints, in that order; times aside.
    /// </summary>
    [Theory]
    [InlineData("docs/concepts/four-ways-to-agree.md")]
    [InlineData("docs/concepts/what-is-proved.md")]
    [InlineData("docs/reference/proofs.md")]
    public async Task Output_that_a_page_shows_is_output_that_the_command_gives(string page)
    {
        var shown = Console().Matches(await File.ReadAllTextAsync(Repo.Path(page.Split('/')), TestContext.Current.CancellationToken));

        Assert.NotEmpty(shown);
        foreach (var example in shown.Select(match => match.Groups["text"].Value.Split('\n')))
        {
            var printed = Timeless(await PrintedAsync(example[0].Split(' ')[2..])).Split('\n').AsEnumerable();
            foreach (var line in example.Skip(1).Where(line => line is not ("" or "…")).Select(Timeless))
            {
                var rest = printed.SkipWhile(l => l != line).ToList();
                Assert.True(rest is not [], $"{page}: after {example[0]}, this line is not printed here: {line}");
                printed = rest.Skip(1);
            }
        }
    }

    private static async Task<string> PrintedAsync(string[] words)
    {
        if (words is ["prove", var folder])
        {
            return (await AnalysisRun.OfAsync(ProveCommand.Create(), Repo.Path(folder.Split('/')))).Output;
        }

        using var output = new StringWriter();
        DifferenceText.Print(
            words switch
            {
                ["diff", var before, var after] => await Gallery.DiffAsync(before.Split('/')[1], after.Split('/')[1]),
                ["impact", "agreements/red-lines", "--without", var id] => await Gallery.ImpactAsync(id),
                _ => throw new InvalidOperationException($"A page shows a command that nobody compares: {string.Join(' ', words)}."),
            },
            output);
        return output.ToString();
    }

    private static string Timeless(string text) => Seconds().Replace(Milliseconds().Replace(text, " ms"), "in some s");

    [GeneratedRegex(@"```console\n(?<text>\$ holdpoint .*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex(@" +\d+ ms")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"in \d+\.\d s")]
    private static partial Regex Seconds();
}
