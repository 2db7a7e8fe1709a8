using Holdpoint.Agreements;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Tests.Theorems;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Changes;

public sealed class ChangeAnalysisTests : IDisposable
{
    private readonly SolverPool _pool = InstalledSolvers.Pool(patience: Patience.First);

    public void Dispose() => _pool.Dispose();

    /// <summary>
    /// Per clause, what the situation is about that the clause is there for: some opening of it has all of this in its request or entities.
    /// </summary>
    private static readonly TheoryData<string, Standing, Standing, string> EveryClause = new()
    {
        { "autonomous-weapons", Standing.Refused, Standing.Permitted, "targeting" },
        { "bulk-acquired-data", Standing.Refused, Standing.Permitted, "scraped subjects>100" },
        { "bulk-data-without-gaps", Standing.Refused, Standing.Permitted, "acquisitions unattestedPersons>0" },
        { "claims-count-against", Standing.Refused, Standing.Permitted, "acquisition" },
        { "consequential-effects", Standing.Held, Standing.Permitted, "consequential" },
        { "edge-deployment", Standing.Refused, Standing.Held, "unattested" },
        { "high-stakes-decisions", Standing.Held, Standing.Permitted, "purpose" },
        { "location-tracking", Standing.Refused, Standing.Permitted, "geolocation" },
        { "mass-domestic-surveillance", Standing.Refused, Standing.Permitted, "unattestedPersons>5" },
        { "offensive-cyber", Standing.Refused, Standing.Permitted, "offensive-cyber" },
        { "suspension", Standing.Refused, Standing.Permitted, "\"suspended\": true" },
        { "unattested-volume", Standing.Refused, Standing.Permitted, "unattestedBytes>262144" },
    };

    public static IEnumerable<ITheoryDataRow> Clauses => EveryClause.Where((_, i) => i % TestScale.Of(4, 1) == 0);

    [Theory, MemberData(nameof(Clauses))]
    public async Task Striking_a_clause_opens_the_situation_that_it_is_there_for(string clause, Standing from, Standing to, string about)
    {
        var impact = await new ChangeAnalysis(_pool).WithoutAsync(Shipped(), new(clause), TestContext.Current.CancellationToken);

        Assert.Empty(impact!.NotProved);
        var opened = impact.Changes.Where(c => c.IsLooser && c.StoppedBy.IsEmpty && c.From == from && c.To == to).ToList();
        Assert.All(impact.Changes, c => Assert.Equal(clause, c.Clause.Value));
        Assert.True(opened.Exists(c => IsAbout(c, about)), string.Join('\n', impact.Changes.Select(c => $"{c.Policy} {c.Before} "
            + $"-> {c.After} {c.Witness.Request} {string.Join(' ', c.Witness.Entities.Select(e => e.Attributes))}")));
    }

    [Fact]
    public async Task Striking_the_permits_closes_everything_and_opens_nothing()
    {
        var impact = await new ChangeAnalysis(_pool).WithoutAsync(Shipped(), new("permitted-use"), TestContext.Current.CancellationToken);

        Assert.Empty(impact!.NotProved);
        Assert.NotEmpty(impact.Changes);
        Assert.All(impact.Changes, c => Assert.Equal(Standing.Refused, c.To));
    }

    [Fact]
    public async Task What_a_red_line_still_stops_is_marked_with_it()
    {
        var impact = await new ChangeAnalysis(_pool)
            .WithoutAsync(Shipped(), new("autonomous-weapons"), TestContext.Current.CancellationToken);

        Assert.Contains(impact!.Changes, c => c.StoppedBy.Any(r => r.Value == "no-weapon-without-human-judgement"));
    }

    [Fact]
    public async Task A_clause_that_is_not_there_has_no_impact() =>
        Assert.Null(await new ChangeAnalysis(_pool).WithoutAsync(Shipped(), new("nothing"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_same_agreement_twice_is_proved_to_change_nothing() =>
        Assert.True((await new ChangeAnalysis(_pool).BetweenAsync(Shipped(), Shipped(), TestContext.Current.CancellationToken)).IsNothing);

    [Fact]
    public async Task A_clause_in_other_words_is_proved_to_change_nothing()
    {
        var difference = await Compare(d => d.Edit(
            "clauses/unattested-volume", "context.content.unattestedBytes > 262144", "!(context.content.unattestedBytes <= 262144)"));

        Assert.True(difference.IsNothing);
    }

    [Fact]
    public async Task A_tighter_number_is_proved_to_be_tightening()
    {
        var difference = await Compare(d => d.Edit("clauses/unattested-volume", "262144", "1000"));

        Assert.True(difference.IsTightening);
        Assert.Contains(difference.Changes, c => c is { From: Standing.Permitted, To: Standing.Refused });
        Assert.All(difference.Changes, c => Assert.Equal(1001, Number(c.Witness.Request.Context, "unattestedBytes")));
    }

    [Fact]
    public async Task Fewer_seats_are_found_to_loosen()
    {
        var difference = await Compare(d => d.Edit("clauses/high-stakes-decisions", "@hold(\"reviewer:2\")", "@hold(\"reviewer:1\")"));

        Assert.False(difference.IsTightening);
        Assert.Contains(
            difference.Changes, c =>
                c is { IsLooser: true, From: Standing.Held, To: Standing.Held } && c.Before.Seats!.Count == 2 && c.After.Seats!.Count == 1);
    }

    [Fact]
    public async Task One_changed_clause_among_many_is_found()
    {
        var many = TestScale.Of(60, 500);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var difference = await new Comparison(
            _pool, Vocabulary.BuiltIn.Schema, Many(many).Read(), Many(many, changed: many / 2).Read(), KnownSubjects.None)
            .CompareAsync(showsStopped: false, TestContext.Current.CancellationToken);

        TestContext.Current.SendDiagnosticMessage($"{many} clauses with one changed compared in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Empty(difference.NotProved);
        Assert.NotEmpty(difference.Changes);
        Assert.All(difference.Changes, c => Assert.Equal($"clause-{many / 2}", c.Clause.Value));
        Assert.Contains(difference.Changes, c => c.IsLooser);
        Assert.Contains(difference.Changes, c => !c.IsLooser);
    }

    private static DraftClauses Many(int count, int changed = -1)
    {
        string[] purposes = ["education", "housing", "employment", "finance", "legal", "medical", "research"];
        var draft = new DraftClauses();
        for (var i = 0; i < count; i++)
        {
            var least = (i == changed ? 2_000_000 : 1_000_000) + (i * 100);
            draft.Edit(
                $"clauses/clause-{i}", "",
                $"forbid (principal, action == Holdpoint::Action::\"invoke\", resource is Holdpoint::Model) when {{ context has purpose && "
                    + $"context.purpose == Holdpoint::Purpose::\"{purposes[i % purposes.Length]}\" && context.exposure.records > {least} "
                    + $"&& context.exposure.records < {least + 90} }};");
        }

        return draft;
    }

    private async Task<Difference> Compare(Action<DraftClauses> amend)
    {
        var draft = new DraftClauses();
        amend(draft);
        return await new Comparison(_pool, Vocabulary.BuiltIn.Schema, DraftClauses.Shipped, draft.Read(), KnownSubjects.None)
            .CompareAsync(showsStopped: false, TestContext.Current.CancellationToken);
    }

    private static bool IsAbout(Change change, string about)
    {
        var text = $"{change.Witness.Request} {string.Join(' ', change.Witness.Entities.Select(e => e.Attributes))}";
        return about.StartsWith('"')
            ? text.Contains(about, StringComparison.Ordinal)
            : about.Split(' ').All(word => word.Split('>') is [var name, var least]
                ? Number(change.Witness.Request.Context, name) > long.Parse(least, System.Globalization.CultureInfo.InvariantCulture)
                : text.Contains(word, StringComparison.Ordinal));
    }

    private static long Number(RecordValue context, string name) =>
        context.TryGetValue("content", out var content) && ((RecordValue)content).TryGetValue(name, out var number)
            ? ((LongValue)number).Value
            : 0;

    private static Agreement Shipped() => AgreementFolder.Load(Repo.Path("agreements", "red-lines")).Agreement!;
}
