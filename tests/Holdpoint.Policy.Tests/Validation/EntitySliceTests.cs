using Holdpoint.Policy.Validation.Levels;

namespace Holdpoint.Policy.Tests.Validation;

public sealed class EntitySliceTests
{
    private static readonly EntityUid Alice = new("User", "alice");

    private static readonly EntityStore Chain = EntityStore.Create(
        new(Alice, Value.Record([new("boss", Value.Of(User(1)))]), [new("Team", "red")]),
        new(User(1), Value.Record([new("home", Value.Record([new("near", Value.Set(Value.Of(User(2))))]))])),
        new(User(2), tags: Value.Record([new("friend", Value.Of(User(3)))])),
        new(User(3), Value.Record([new("boss", Value.Of(Alice))])),
        new(User(9)),
        new(new("Team", "red"), parents: [new("Team", "all")]),
        new(new("Team", "all")));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "alice, 9")]
    [InlineData(2, "alice, 1, 9")]
    [InlineData(3, "alice, 1, 2, 9")]
    [InlineData(4, "alice, 1, 2, 3, 9")]
    [InlineData(50, "alice, 1, 2, 3, 9")]
    public void A_level_reaches_through_attributes_records_sets_and_tags(int level, string ids)
    {
        var slice = EntitySlice.Of(Request(), Chain, level);

        Assert.Equal(
            ids,
            string.Join(", ", new[] { Alice, User(1), User(2), User(3), User(9) }.Where(u => slice.TryGet(u, out _)).Select(u => u.Id)));
        Assert.Equal(ids.Length == 0 ? 0 : ids.Split(',').Length, slice.Count);
    }

    [Fact]
    public void Ancestors_are_kept_without_being_loaded()
    {
        var slice = EntitySlice.Of(Request(), Chain, 1);

        Assert.True(slice.IsIn(Alice, new("Team", "all")));
        Assert.False(slice.TryGet(new("Team", "red"), out _));
    }

    [Fact]
    public void Each_round_asks_for_what_was_not_asked_for_and_the_last_is_not_needed()
    {
        var rounds = new List<string>();

        EntitySlice.Load(Request(), 50, wanted =>
        {
            rounds.Add(string.Join(' ', wanted.Select(u => u.Id).Order(StringComparer.Ordinal)));
            return wanted.Select(u => Chain.TryGet(u, out var entity) ? entity : null).OfType<Entity>();
        });

        Assert.Equal(["9 alice d view", "1", "2", "3"], rounds);
    }

    private static EntityUid User(int number) => new("User", $"{number}");

    private static Request Request() => new(Alice, new("Action", "view"), new("Doc", "d"), Value.Record([new("via", Value.Of(User(9)))]));
}
