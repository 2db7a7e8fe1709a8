namespace Holdpoint.Testing;

/// <summary>Counts what code allocates, so that a test can bound it.</summary>
public static class Allocations
{
    // The runtime counts a thread's bytes by the room it was handed (8 KiB at a time), and a collection that another thread's test sets off
    // ends that room early. Code that allocates does so in every round; such an accident does not happen in all of them.
    private const int Rounds = 5;

    /// <summary>
    /// Bytes that <paramref name="times"/> runs allocate on this thread: the least of several rounds, after one that is not counted.
    /// </summary>
    public static long Of(Action run, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(run);
        var least = long.MaxValue;
        for (var round = 0; round <= Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                run();
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = round == 0 ? long.MaxValue : Math.Min(least, allocated);
        }

        return least;
    }
}
