using System.Diagnostics;

namespace Holdpoint.Policy.Bench;

/// <summary>A stopwatch around each case, the best of many short rounds: for a look while working, never for a number to quote.</summary>
internal static class Smoke
{
    private const int Rounds = 60;
    private const int Decisions = 2_000;

    public static void Run(TextWriter output)
    {
        var (request, entities, outcomes) = (RedLineRequest.Read(), RedLineRequest.ReadEntities(), new PolicyOutcomes());
        foreach (var scenario in Scenario.All)
        {
            var authorizer = scenario.Compile();
            var (best, allocated) = Measure(() => authorizer.Evaluate(request, entities, outcomes));
            output.WriteLine(FormattableString.Invariant(
                $"{scenario.Name}: {best:0} ns, {allocated} bytes, {outcomes.Decision}, {outcomes.All.Length} apply"));
        }

        foreach (var isAttested in new[] { false, true })
        {
            var asked = new AgreementCase(isAttested);
            var (best, allocated) = Measure(() => asked.Decide());
            output.WriteLine(FormattableString.Invariant(
                $"Agreement.Decide, {(isAttested ? "attested" : "unattested")}: {best:0} ns, {allocated} bytes"));
        }
    }

    private static (double Nanoseconds, long Bytes) Measure(Action decide)
    {
        var (best, allocated) = (double.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var i = 0; i < Decisions; i++)
            {
                decide();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Decisions);
            allocated = Math.Min(allocated, (GC.GetAllocatedBytesForCurrentThread() - before) / Decisions);
        }

        return (best, allocated);
    }
}
