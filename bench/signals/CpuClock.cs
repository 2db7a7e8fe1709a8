namespace Holdpoint.Signals.Bench;

/// <summary>Measures by the CPU time of this process, so that what else runs on the machine counts less. Not thread-safe.</summary>
internal static class CpuClock
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(150);

    /// <summary>CPU seconds of one call, from as many as a round takes.</summary>
    public static double SecondsOf(Action action)
    {
        var (start, calls) = (Environment.CpuUsage.TotalTime, 0);
        TimeSpan spent;
        do
        {
            action();
            calls++;
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (spent < Round);

        return spent.TotalSeconds / calls;
    }

    /// <summary>
    /// What one call of each action takes, round by round. A round measures all of them, because the machine drifts; the first rounds
    /// only warm up.
    /// </summary>
    public static double[][] RoundsOf(int rounds, params Action[] actions)
    {
        const int WarmUp = 3;
        var seconds = actions.Select(_ => new double[rounds]).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                var taken = SecondsOf(actions[i]);
                if (round >= 0)
                {
                    seconds[i][round] = taken;
                }
            }
        }

        return seconds;
    }

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
