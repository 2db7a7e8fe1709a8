using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log.Tree;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>A record and a change of other tables that are durable together or not at all.</summary>
public sealed class AppendWithTests
{
    [Fact]
    public async Task The_change_gets_the_index_that_the_record_gets()
    {
        await using var fixture = await OpenAsync();
        await fixture.AppendManyAsync(2);

        var index = await fixture.Log.AppendWithAsync(LogFixture.Ordinary, (connection, next) => Insert(connection, next));

        Assert.Equal(2, index);
        Assert.Equal([2L], await ChangesAsync(fixture));
        Assert.Equal(3, fixture.Log.Size);
    }

    [Fact]
    public async Task A_change_that_does_not_take_place_leaves_no_record_and_nothing_that_it_wrote()
    {
        await using var fixture = await OpenAsync();

        var index = await fixture.Log.AppendWithAsync(LogFixture.Ordinary, (connection, next) => Insert(connection, next) && false);

        Assert.Null(index);
        Assert.Empty(await ChangesAsync(fixture));
        Assert.Equal(0, await fixture.AppendAsync());
    }

    [Fact]
    public async Task What_a_decision_relies_on_is_asked_at_its_place_in_the_log()
    {
        await using var fixture = await OpenAsync();
        var relied = new Reliance();
        using var stuck = new ManualResetEventSlim();
        var holding = fixture.Store.WriteAsync(
            _ =>
            {
                stuck.Wait(TestContext.Current.CancellationToken);
                return 0;
            },
            TestContext.Current.CancellationToken);
        var decision = LogFixture.Ordinary with { Kind = RecordKind.Call, Verdict = RecordedVerdict.Permit, Relies = relied };

        var before = fixture.AppendAsync(decision);
        var reload = fixture.Log.AppendWithAsync(LogFixture.Ordinary, (_, _) => relied.IsGone = true);
        var behind = fixture.AppendAsync(decision);
        var changed = fixture.Log.AppendWithAsync(
            decision with { Verdict = RecordedVerdict.Hold }, (connection, next) => Insert(connection, next));
        var refusal = fixture.AppendAsync(decision with { Verdict = RecordedVerdict.Refuse });
        var outcome = fixture.AppendAsync(decision with { Kind = RecordKind.Outcome, About = 0 });
        stuck.Set();
        await holding;

        Assert.Equal((0, 1), (await before, await reload));
        Assert.Equal(
            RecordFault.Superseded, (await Assert.ThrowsAsync<RecordUnavailableException>(() => behind)).Fault);
        Assert.Equal(
            RecordFault.Superseded, (await Assert.ThrowsAsync<RecordUnavailableException>(() => changed)).Fault);
        Assert.Empty(await ChangesAsync(fixture));
        Assert.Equal((2, 3), (await refusal, await outcome));
        Assert.Equal(4, fixture.Log.Size);
    }

    [Fact]
    public async Task A_question_that_breaks_refuses_its_own_record_alone()
    {
        await using var fixture = await OpenAsync();

        var broken = fixture.AppendAsync(
            LogFixture.Ordinary with { Verdict = RecordedVerdict.Permit, Relies = new Reliance { Breaks = true } });
        var neighbour = fixture.AppendAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Equal(0, await neighbour);
    }

    [Fact]
    public async Task What_a_change_throws_is_its_callers_to_see_and_fails_no_neighbour()
    {
        await using var fixture = await OpenAsync();

        var failing = fixture.Log.AppendWithAsync(
            LogFixture.Ordinary,
            (connection, next) => Insert(connection, next) ? throw new InvalidOperationException("as intended") : true);
        var neighbours = Enumerable.Range(0, 20).Select(_ => fixture.AppendAsync()).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), (await Task.WhenAll(neighbours)).Order());
        Assert.Empty(await ChangesAsync(fixture));
    }

    [Fact]
    public async Task Of_many_that_make_the_same_change_one_is_recorded_and_the_log_has_no_gap()
    {
        await using var fixture = await OpenAsync();

        var indexes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => fixture.Log.AppendWithAsync(
            LogFixture.Ordinary, (connection, _) => connection.Execute("INSERT INTO change (x) VALUES (7) ON CONFLICT DO NOTHING") == 1)));

        Assert.Equal(0, Assert.Single(indexes, index => index is not null));
        Assert.Equal(1, await fixture.AppendAsync());
        var bodies = await fixture.Store.ReadAsync(c => RecordTables.Bodies(c, 0, 2), TestContext.Current.CancellationToken);
        Assert.Equal(
            new TreeHead(2, MerkleTree.Root([.. bodies.Select(b => MerkleTree.LeafHash(b))])),
            await fixture.Log.HeadAsync(TestContext.Current.CancellationToken));
    }

    private static bool Insert(StoreConnection connection, long index) =>
        connection.Execute("INSERT INTO change (x) VALUES (@p0)", index) == 1;

    private static async Task<LogFixture> OpenAsync()
    {
        var fixture = await LogFixture.OpenAsync();
        await fixture.Store.WriteAsync(
            c => c.Execute("CREATE TABLE change (x INTEGER PRIMARY KEY)"), TestContext.Current.CancellationToken);
        return fixture;
    }

    private static async Task<List<long>> ChangesAsync(LogFixture fixture) => await fixture.Store.ReadAsync(
        connection =>
        {
            List<long> found = [];
            using var rows = connection.Query("SELECT x FROM change ORDER BY x");
            while (rows.Read())
            {
                found.Add(rows.GetInt64(0));
            }

            return found;
        },
        TestContext.Current.CancellationToken);

    private sealed class Reliance : IReliance
    {
        public bool IsGone { get; set; }

        public bool Breaks { get; init; }

        public bool StillHolds() => Breaks ? throw new InvalidOperationException("as intended") : !IsGone;
    }
}
