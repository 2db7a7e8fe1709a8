using System.Text.Json;
using Holdpoint.Cli.Proofs;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Proofs;

public sealed class ImpactTests
{
    private static readonly string Agreement = Repo.Path("agreements", "red-lines");

    private static readonly string[] InBulk = ["commercial", "scraped", "bulkCollection", "unknown"];

    /// <summary>
    /// For each clause of the shipped agreement, the situation that it is there for: what is to be seen when it is struck.
    /// </summary>
    private static readonly Dictionary<string, Func<Way, bool>> Situations = new()
    {
        ["autonomous-weapons"] = way =>
            way.Effect == "kinetic" && way.Before == "hold for commander#1, reviewer#1"
            && way.StoppedBy is ["no-weapon-without-human-judgement"],
        ["bulk-acquired-data"] = way =>
            way.Is("refuse", "permit") && way.IsCall && !way.HasAuthority && way.Values("content", "acquisitions").Intersect(InBulk).Any()
            && way.Values("content", "origins") is ["domestic"] && way.Count("content", "subjects") > 100,
        ["bulk-data-without-gaps"] = way =>
            way.Is("refuse", "permit") && way.Values("content", "acquisitions").Intersect(InBulk).Any()
            && way.Count("content", "unattestedPersons") == 1,
        ["claims-count-against"] = way =>
            way.Is("refuse", "permit") && way.Values("claimed", "acquisition") is [var said]
            && InBulk.Contains(said) && way.Values("content", "acquisitions") is [],
        ["consequential-effects"] = way => way.Is("hold for reviewer#1", "permit") && way.Effect == "consequential",
        ["edge-deployment"] = way =>
            way.Is("refuse", "hold for reviewer#1") && way.Effect == "consequential" && way.Environment == "unattested",
        ["high-stakes-decisions"] = way =>
            way.Is("hold for reviewer#1, reviewer#2", "permit") && way.IsCall
            && way.Values("claimed", "purpose") is ["criticalInfrastructure"],
        ["location-tracking"] = way =>
            way.Is("refuse", "permit") && !way.HasAuthority && way.Values("content", "classes") is ["geolocation"]
            && way.Values("content", "consents") is ["terms" or "none" or "unknown"] && way.Count("exposure", "locations") == 11,
        ["mass-domestic-surveillance"] = way => way.Is("refuse", "permit") && way.IsCall && way.Count("content", "unattestedPersons") == 6,
        ["offensive-cyber"] = way => way.Is("refuse", "permit") && way.Values("signals", "phrases") is ["offensive-cyber"],
        ["permitted-use"] = way => way.Is("permit", "refuse") && way.IsCall && !way.IsLooser,
        ["suspension"] = way => way.Is("refuse", "permit") && way.IsSuspended,
        ["unattested-volume"] = way => way.Is("refuse", "permit") && way.Count("content", "unattestedBytes") == 262_145,
    };

    // Some in the short form; that of Holdpoint.Analysis.Tests asks mostly of others.
    public static TheoryData<string> Clauses => [.. IdsIn("clauses").Where((_, i) => i % TestScale.Of(3, 1) == TestScale.Of(1, 0))];

    public static TheoryData<string> RedLines => [.. IdsIn("red-lines")];

    [Theory, MemberData(nameof(Clauses))]
    public async Task Striking_a_clause_shows_the_situation_that_it_is_there_for(string clause)
    {
        var impact = await JsonAsync(clause);
        var ways = Way.In(impact).ToList();

        Assert.Empty(impact.GetProperty("notProved").EnumerateArray());
        Assert.False(impact.GetProperty("nothingChanges").GetBoolean());
        Assert.Equal(clause != "permitted-use", impact.GetProperty("loosens").GetBoolean());
        Assert.All(ways, way => Assert.Equal(clause, way.Clause));
        Assert.Contains(ways, way => Situations[clause](way));
    }

    /// <summary>They are a second wall: T1 says that the clauses stop by themselves whatever lies in one.</summary>
    [Theory, MemberData(nameof(RedLines))]
    public async Task Striking_a_red_line_changes_nothing_while_the_clauses_stand(string redLine) =>
        Assert.Equal("""{"nothingChanges":true,"loosens":false,"changes":[],"notProved":[]}""", (await JsonAsync(redLine)).GetRawText());

    [Fact]
    public async Task The_command_gives_that_answer_and_its_exit_code()
    {
        var opens = await Impact("--without", "suspension", "--json");
        var closes = await Impact("--without", "permitted-use", "--json");

        Assert.Equal((ExitCode.No, (await JsonAsync("suspension")).GetRawText()), (opens.Code, opens.Output));
        Assert.Equal((ExitCode.Ok, (await JsonAsync("permitted-use")).GetRawText()), (closes.Code, closes.Output));
    }

    [Fact]
    public async Task People_read_what_a_red_line_still_stops()
    {
        using var output = new StringWriter();
        DifferenceText.Print(await Gallery.ImpactAsync("autonomous-weapons"), output);

        Assert.Contains(
            "\n    (of the clauses alone; still stopped by no-weapon-without-human-judgement)\n",
            output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clause_that_is_not_there_is_exit_2_and_the_clauses_that_are_there_are_named()
    {
        var run = await Impact("--without", "bulk-data");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(
            "there is no clause bulk-data; there are autonomous-weapons, bulk-acquired-data,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_exit_3() =>
        Assert.Equal(
            ExitCode.Environment,
            (await AnalysisRun.OfAsync(ImpactCommand.Create(), Repo.Path("agreements", "none"), "--without", "x")).Code);

    private static async Task<JsonElement> JsonAsync(string id) =>
        JsonDocument.Parse(ProofJson.Of(await Gallery.ImpactAsync(id))).RootElement;

    private static Task<AnalysisRun> Impact(params string[] arguments) =>
        AnalysisRun.OfAsync(ImpactCommand.Create(), [Agreement, .. arguments]);

    private static IEnumerable<string> IdsIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Agreement, folder))
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal);
}
