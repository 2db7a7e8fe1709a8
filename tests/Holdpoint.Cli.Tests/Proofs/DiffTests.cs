using System.Text.Json;
using Holdpoint.Cli.Proofs;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Proofs;

public sealed class DiffTests
{
    private const string NothingChanges = "nothing changes (proved: there is no call and no effect on which the two differ)";

    private const string NoCalls = """
        @title("No calls")
        @text("No model is called.")
        @basis("strategy-memorandum")
        forbid (principal, action == Holdpoint::Action::"invoke", resource is Holdpoint::Model);
        """;

    [Fact]
    public async Task Terms_on_paper_are_proved_to_change_nothing()
    {
        var run = await Diff(Gallery.Folder("all-lawful-uses"), Gallery.Folder("usage-policy"));

        Assert.Equal((ExitCode.Ok, NothingChanges), (run.Code, run.Output));
    }

    [Fact]
    public async Task The_answer_as_json_has_the_documented_members()
    {
        var same = await Diff(Gallery.Folder("usage-policy"), Gallery.Folder("all-lawful-uses"), "--json");

        Assert.Equal("""{"nothingChanges":true,"loosens":false,"changes":[],"notProved":[]}""", same.Output);
    }

    [Fact]
    public async Task A_clause_that_is_added_tightens_and_one_that_is_taken_away_loosens()
    {
        using var tighter = Gallery.CopyOf("all-lawful-uses", "clauses/no-calls.cedar", NoCalls);

        var there = await Diff(Gallery.Folder("all-lawful-uses"), tighter.FullName, "--json");
        var back = await Diff(tighter.FullName, Gallery.Folder("all-lawful-uses"), "--json");

        Assert.Equal((ExitCode.Ok, ExitCode.No), (there.Code, back.Code));
        Assert.False(there.Json.GetProperty("loosens").GetBoolean());
        Assert.True(back.Json.GetProperty("loosens").GetBoolean());
        Assert.Contains(there.Ways, way => way.Clause == "no-calls" && way.Is("permit", "refuse") && way.IsCall && !way.IsLooser);
        Assert.Contains(back.Ways, way => way.Clause == "no-calls" && way.Is("refuse", "permit") && way.IsCall && way.IsLooser);
        Assert.DoesNotContain(there.Ways.Concat(back.Ways), way => !way.IsCall);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_not_proved_and_never_nothing()
    {
        using var other = Gallery.CopyOf(
            "all-lawful-uses", "vocabulary.cedarschema", "namespace Holdpoint { entity Purpose enum [\"wildlifeCensus\"]; }\n");
        File.WriteAllText(other[Path.Combine("clauses", "no-census.cedar")], NoCalls.Replace(
            "Holdpoint::Model);",
            "Holdpoint::Model)\nwhen { context has purpose && context.purpose == Holdpoint::Purpose::\"wildlifeCensus\" };",
            StringComparison.Ordinal));

        var run = await Diff(other.FullName, Gallery.Folder("all-lawful-uses"));
        var json = await Diff(other.FullName, Gallery.Folder("all-lawful-uses"), "--json");

        Assert.Equal((ExitCode.No, ExitCode.No), (run.Code, json.Code));
        Assert.StartsWith("not proved: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing changes", run.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("nothingChanges").GetBoolean());
        Assert.Single(json.Json.GetProperty("notProved").EnumerateArray());
    }

    [Fact]
    public async Task From_layers_to_red_lines_both_what_opens_and_what_closes_is_named()
    {
        var (ways, unknown) = await WaysAsync("layered-safety-stack", "red-lines");

        Assert.Empty(unknown);
        Has(
            ways, "bulk-acquired-data", "permit", "refuse",
            w => w.Values("content", "acquisitions") is not [] && w.Count("content", "subjects") == 101 && !w.HasAuthority);
        Has(
            ways, "location-tracking", "permit", "refuse",
            w => w.Values("content", "classes") is ["geolocation"] && w.Count("exposure", "locations") == 11);
        Has(ways, "mass-domestic-surveillance", "permit", "refuse", w => w.IsCall && w.Count("content", "unattestedPersons") == 6);
        Has(ways, "autonomous-weapons", "hold for commander#1", "hold for commander#1, reviewer#1", w => w.Effect == "kinetic");
        Has(ways, "consequential-effects", "permit", "hold for reviewer#1", w => w.Effect == "consequential");
        Has(ways, "cloud-only", "refuse", "permit", w => w.IsCall && w.Environment == "onPremises");
        Has(ways, "provider-run-classifiers", "refuse", "permit", w => w.IsCall && w.Values("signals", "phrases") is ["surveillance"]);
        Has(
            ways, "cleared-staff-in-the-loop", "hold for provider#1", "permit",
            w => w.IsCall && w.HasAuthority && w.Values("claimed", "purpose") is ["tracking"]);
    }

    [Fact]
    public async Task From_red_lines_to_layers_the_same_ways_lead_back()
    {
        Assert.SkipUnless(TestScale.IsLong, "in the long form only; the short one compares in the other direction");
        var (ways, unknown) = await WaysAsync("red-lines", "layered-safety-stack");

        Assert.Empty(unknown);
        Has(
            ways, "bulk-acquired-data", "refuse", "permit",
            w => w.IsLooser && w.Values("content", "acquisitions") is not [] && w.Count("content", "subjects") == 101);
        Has(ways, "location-tracking", "refuse", "permit", w => w.IsLooser && w.Values("content", "classes") is ["geolocation"]);
        Has(
            ways, "autonomous-weapons", "hold for commander#1, reviewer#1", "hold for commander#1",
            w => w.IsLooser && w.Effect == "kinetic");
        Has(ways, "cloud-only", "permit", "refuse", w => !w.IsLooser && w.Environment == "onPremises");
        Has(ways, "provider-run-classifiers", "permit", "refuse", w => !w.IsLooser && w.Values("signals", "phrases") is ["surveillance"]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public async Task A_folder_that_is_not_there_or_is_no_agreement_is_exit_3(string name) =>
        Assert.Equal(ExitCode.Environment, (await Diff(Gallery.Folder("usage-policy"), Gallery.Folder(name))).Code);

    private static Task<AnalysisRun> Diff(params string[] arguments) => AnalysisRun.OfAsync(DiffCommand.Create(), arguments);

    private static async Task<(List<Way> Ways, string[] NotProved)> WaysAsync(string before, string after)
    {
        var json = JsonDocument.Parse(ProofJson.Of(await Gallery.DiffAsync(before, after))).RootElement;
        return (
            [.. Way.In(json)],
            [.. json.GetProperty("notProved").EnumerateArray().Select(why => why.GetString()!)]);
    }

    private static void Has(List<Way> ways, string clause, string before, string after, Func<Way, bool> about) =>
        Assert.True(
            ways.Exists(way => way.Clause == clause && way.Is(before, after) && about(way)),
            $"{clause}: {before} -> {after}\n" + string.Join(
                '\n', ways.Where(way => way.Clause == clause).Select(way => $"{way.Before} -> {way.After}: {way.Text}")));
}
