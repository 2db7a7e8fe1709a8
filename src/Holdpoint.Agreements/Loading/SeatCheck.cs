using System.Collections.Immutable;

namespace Holdpoint.Agreements.Loading;

/// <summary>Finds holds that could never be lifted, because there are not enough distinct people for their seats.</summary>
internal static class SeatCheck
{
    public static void Check(Seats seats, ImmutableArray<SeatHolders> holders, string place, Problems problems)
    {
        (string Kind, int Count)[] asked = [.. seats.GroupBy(seat => seat.Kind).Select(kind => (kind.Key, kind.Count()))];

        // One person can be listed for several kinds but fills one seat. Distinct people for all seats exist exactly when each group of
        // kinds has as many people, together, as it has seats (Hall's theorem). An annotation names a handful of kinds.
        for (var group = 1; group < 1 << asked.Length; group++)
        {
            var kinds = asked.Where((_, i) => (group >> i & 1) == 1).ToList();
            var people = holders.Where(h => kinds.Exists(kind => kind.Kind == h.Kind)).SelectMany(h => h.Persons).Distinct().Count();
            var needed = kinds.Sum(kind => kind.Count);
            if (people < needed)
            {
                var names = string.Join(" and ", kinds.Select(kind => kind.Kind));
                problems.Add(
                    ProblemCode.UnfillableSeat,
                    place,
                    $"the hold asks for {needed} of {names}, and agreement.yaml lists {people}",
                    "list more people under 'seats', or ask for fewer");
                return;
            }
        }
    }
}
