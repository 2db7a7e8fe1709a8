using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Counterexamples;

namespace Holdpoint.Cli.Proofs;

/// <summary>The changes, for people: by clause, one call for each way.</summary>
internal static class DifferenceText
{
    public static void Print(Difference difference, TextWriter output)
    {
        if (difference.IsNothing)
        {
            output.WriteLine("nothing changes (proved: there is no call and no effect on which the two differ)");
            return;
        }

        foreach (var clause in difference.Changes.GroupBy(change => change.Clause))
        {
            output.WriteLine(clause.Key);
            foreach (var change in clause)
            {
                output.WriteLine($"  {(change.IsLooser ? "loosens" : "tightens")}: {change.Before} -> {change.After}");
                output.WriteLine($"    {WitnessText.Describe(change.Witness)}");
                if (!change.StoppedBy.IsEmpty)
                {
                    output.WriteLine($"    (of the clauses alone; still stopped by {string.Join(", ", change.StoppedBy)})");
                }
            }
        }

        foreach (var unknown in difference.NotProved)
        {
            output.WriteLine($"not proved: {unknown}");
        }
    }
}
