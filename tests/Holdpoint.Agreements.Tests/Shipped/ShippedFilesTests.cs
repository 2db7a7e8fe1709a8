using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Holdpoint.Log.Json;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Shipped;

public sealed partial class ShippedFilesTests
{
    private static readonly string Folder = Repo.Path("agreements", "red-lines");

    [Fact]
    public void The_agreement_loads_as_it_is_shipped()
    {
        var result = AgreementFolder.Load(Folder);

        Assert.True(result.IsLoaded, string.Join("\n", result.Problems));
        Assert.Equal("red-lines", result.Agreement.Name);
        Assert.Empty(result.Agreement.Issuers.All);
        Assert.Equal(3, result.Agreement.RedLines.Length);
        Assert.All(result.Agreement.Clauses, clause => Assert.NotEmpty(clause.Basis));
    }

    [Fact]
    public void Every_agreement_of_the_gallery_loads() =>
        Assert.All(Directory.EnumerateDirectories(Repo.Path("agreements")), folder =>
        {
            var result = AgreementFolder.Load(folder);
            Assert.True(result.IsLoaded, string.Join("\n", result.Problems));
            Assert.Equal(Path.GetFileName(folder), result.Agreement.Name);
        });

    [Fact]
    public async Task Every_policy_validates_strictly_with_the_reference_implementation()
    {
        var findings = await ReferenceCedar.ValidateAsync(
            Vocabulary.BuiltInSchema, ShippedAgreement.Policies, TestContext.Current.CancellationToken);

        Assert.StartsWith("4.12.", Assert.Single(findings["version"]), StringComparison.Ordinal);
        Assert.All(ShippedAgreement.Policies.Keys, path => Assert.Empty(findings[path]));
    }

    [Fact]
    public async Task So_does_every_policy_as_it_is_evaluated_with_the_seats_that_loading_adds()
    {
        var loaded = ShippedAgreement.Policies.ToDictionary(
            file => file.Key,
            file => string.Join('\n', PolicyParser.Parse(file.Value).Policies.Select(policy =>
                policy.Annotations.TryGetValue("hold", out var hold) && Seats.TryParseHold(hold, out var seats)
                    ? HoldRule.Lift(policy, seats)
                    : policy)));
        Assert.Contains(loaded.Values, text => text.Contains("context.seats.containsAll", StringComparison.Ordinal));

        var findings = await ReferenceCedar.ValidateAsync(Vocabulary.BuiltInSchema, loaded, TestContext.Current.CancellationToken);

        Assert.All(loaded.Keys, path => Assert.Empty(findings[path]));
    }

    [Fact]
    public async Task The_reference_implementation_would_notice_a_value_that_the_vocabulary_does_not_have()
    {
        const string misspelt = """forbid (principal, action, resource) when { context.environment == Holdpoint::Environment::"egde" };""";
        var findings = await ReferenceCedar.ValidateAsync(
            Vocabulary.BuiltInSchema, new Dictionary<string, string> { ["x"] = misspelt }, TestContext.Current.CancellationToken);

        Assert.NotEmpty(findings["x"]);
    }

    [Fact]
    public void Every_policy_names_its_actions() =>
        Assert.All(
            ShippedAgreement.Policies.Values.SelectMany(text => PolicyParser.Parse(text).Policies),
            policy => Assert.IsNotType<ActionConstraint.Any>(policy.Action));

    [Fact]
    public void No_permit_reads_what_is_claimed_or_guessed() =>
        Assert.DoesNotContain(
            ShippedAgreement.Policies.Values
                .SelectMany(text => PolicyParser.Parse(text).Policies)
                .Where(policy => policy.Effect == Effect.Permit)
                .SelectMany(policy => policy.Conditions)
                .SelectMany(condition => condition.Body.DescendantsAndSelf()),
            node => node is GetAttributeExpr { Name: "claimed" or "signals" });

    [Fact]
    public void The_terms_are_those_that_the_basis_pins()
    {
        var terms = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "terms.md"))));
        var pinned = AgreementFolder.Load(Folder).Agreement!.Clauses.SelectMany(clause => clause.Basis).First(text => text.Id == "terms");

        Assert.Equal(BasisStatus.FrozenByContract, pinned.Status);
        Assert.Equal(terms, pinned.Sha256);
    }

    [Fact]
    public void The_tools_in_the_readme_are_the_registered_ones()
    {
        var definitions =
            JsonBlock().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(match => match.Groups[1].Value).ToList();
        var digests = definitions.Select(
            json => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)))));

        Assert.Equal(2, definitions.Count);
        Assert.Equal(
            digests.Order(StringComparer.Ordinal),
            AgreementFolder.Load(Folder).Agreement!.Tools.Select(tool => tool.DefinitionDigest).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_lists_every_clause_and_red_line()
    {
        var readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(ShippedAgreement.Policies.Keys, path => Assert.Contains($"({path})", readme, StringComparison.Ordinal));
    }

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
