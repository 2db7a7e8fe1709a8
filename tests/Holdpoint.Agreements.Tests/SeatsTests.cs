using FsCheck;
using FsCheck.Fluent;

namespace Holdpoint.Agreements.Tests;

public sealed class SeatsTests
{
    private static readonly Gen<Seats> AnySeats =
        Gen.Elements("reviewer", "provider", "commander")
            .SelectMany(kind => Gen.Choose(1, 8).Select(number => new Seat(kind, number)))
            .ListOf()
            .Select(seats => Seats.Of(seats));

    [Fact]
    public void Seats_of_several_holds_unite_by_name()
    {
        Assert.True(Seats.TryParseHold("reviewer:2", out var two));
        Assert.True(Seats.TryParseHold("reviewer:1, provider:1", out var other));

        Assert.Equal("provider#1, reviewer#1, reviewer#2", two.Union(other).ToString());
    }

    [Theory]
    [InlineData("reviewer:1", "reviewer#1")]
    [InlineData("reviewer:2, provider:1", "provider#1, reviewer#1, reviewer#2")]
    [InlineData("reviewer:8", "reviewer#1, reviewer#2, reviewer#3, reviewer#4, reviewer#5, reviewer#6, reviewer#7, reviewer#8")]
    public void A_hold_names_kinds_and_how_many_of_each(string text, string seats)
    {
        Assert.True(Seats.TryParseHold(text, out var parsed));
        Assert.Equal(seats, parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("reviewer")]
    [InlineData("reviewer:0")]
    [InlineData("reviewer:9")]
    [InlineData("reviewer:10")]
    [InlineData("reviewer:-1")]
    [InlineData("reviewer:1,")]
    [InlineData("reviewer:1, reviewer:2")]
    [InlineData("reviewer :1")]
    [InlineData(":1")]
    [InlineData("reviewer#1")]
    [InlineData("reviewer:1:2")]
    public void What_names_no_seats_is_not_a_hold(string text) => Assert.False(Seats.TryParseHold(text, out _));

    [Theory]
    [InlineData("reviewer#0")]
    [InlineData("reviewer#9")]
    [InlineData("reviewer#12")]
    [InlineData("#1")]
    [InlineData("reviewer")]
    [InlineData(null)]
    public void What_is_no_seat_does_not_read_as_one(string? text) => Assert.False(Seat.TryParse(text, out _));

    [Fact]
    public void Seats_are_a_lattice_under_union() =>
        Prop.ForAll(AnySeats.ToArbitrary(), AnySeats.ToArbitrary(), AnySeats.ToArbitrary(), (a, b, c) =>
            a.Union(b).Equals(b.Union(a))
            && a.Union(b).Union(c).Equals(a.Union(b.Union(c)))
            && a.Union(a).Equals(a)
            && a.Union(b).IsSupersetOf(a)
            && a.IsSupersetOf(b) == a.Union(b).Equals(a)
            && a.Except(b).Union(b).IsSupersetOf(a)
            && (!a.Equals(b) || a.GetHashCode() == b.GetHashCode())
            && a.All(seat => Seat.TryParse(seat.ToString(), out var again) && again == seat)).QuickCheckThrowOnFailure();

    [Fact]
    public void Needing_nothing_is_the_least_and_refusal_the_most() =>
        Prop.ForAll(AnySeats.ToArbitrary(), AnySeats.ToArbitrary(), (a, b) =>
            Need.Top.Covers(new Need(a))
            && !new Need(a).Covers(Need.Top)
            && new Need(a).Covers(new Need(Seats.None))
            && new Need(a).Covers(new Need(b)) == a.IsSupersetOf(b)
            && default(Need) == Need.Top).QuickCheckThrowOnFailure();
}
