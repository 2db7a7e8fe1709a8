using System.Collections.Immutable;
using Holdpoint.Analysis.SmtLib;

namespace Holdpoint.Analysis.Solvers;

/// <summary>
/// The installed solvers, each a child process for as long as this object lives. Thread-safe; disposing it ends the processes.
/// </summary>
public sealed class SolverPool : IDisposable
{
    /// <summary>
    /// What a query may take unless the caller says otherwise: 10 seconds, the time in which a whole agreement is to be proved.
    /// </summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    // Most queries take milliseconds. A second solver is only asked when the first is slow, so that two cores do the work of one.
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(400);

    private readonly ImmutableArray<SolverLane> _lanes;

    /// <summary>A pool of the given solvers.</summary>
    /// <param name="tools">In the order of preference.</param>
    /// <param name="limit">Most time for one query, from 1 ms; null for <see cref="DefaultLimit"/>.</param>
    /// <param name="patience">Which answers to wait for.</param>
    /// <exception cref="SolverException">There is no solver.</exception>
    public SolverPool(ImmutableArray<SolverTool> tools, TimeSpan? limit = null, Patience patience = Patience.First)
    {
        Limit = limit ?? DefaultLimit;
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, TimeSpan.FromMilliseconds(1), nameof(limit));
        Patience = patience;
        Kinds = tools.IsDefaultOrEmpty
            ? throw new SolverException("No solver is installed. Install z3 or cvc5, or both (Debian: apt-get install z3 cvc5).")
            : [.. tools.Select(t => t.Kind)];
        _lanes = [.. tools.Select(t => new SolverLane(t))];
    }

    /// <summary>Most time for one query.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Which answers are waited for.</summary>
    public Patience Patience { get; }

    /// <summary>The solvers, in the order of preference.</summary>
    public ImmutableArray<SolverKind> Kinds { get; }

    internal IEnumerable<int> ProcessIds => _lanes.Select(l => l.ProcessId).OfType<int>();

    /// <exception cref="SolverException">A solver died, or two contradict each other.</exception>
    internal Task<SolverAnswer> SolveAsync(SmtProblem problem, CancellationToken cancellation) =>
        Patience == Patience.All ? AllAsync(problem, cancellation) : FirstAsync(problem, cancellation);

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private async Task<SolverAnswer> AllAsync(SmtProblem problem, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(_lanes.Select(l => l.SolveAsync(problem, Limit, cancellation)));
        return answers.Any(a => a is SolverAnswer.Satisfiable) && answers.Any(a => a is SolverAnswer.Unsatisfiable)
            ? throw new SolverException($"{string.Join(" and ", Kinds)} contradict each other: one of them, or the encoding, is wrong.")
            : answers.FirstOrDefault(a => a.IsDefinite) ?? answers[0];
    }

    private async Task<SolverAnswer> FirstAsync(SmtProblem problem, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task<SolverAnswer>> running = [];
        SolverAnswer? last = null;
        try
        {
            foreach (var lane in _lanes)
            {
                running.Add(lane.SolveAsync(problem, Limit, enough.Token));
                if (lane != _lanes[^1])
                {
                    using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    await Task.WhenAny(running[^1], Task.Delay(HeadStart, stop.Token));
                    await stop.CancelAsync();
                }

                if (running[^1].IsCompletedSuccessfully && running[^1].Result.IsDefinite)
                {
                    return running[^1].Result;
                }
            }

            while (running.Count > 0)
            {
                var done = await Task.WhenAny(running);
                running.Remove(done);
                last = await done;
                if (last.IsDefinite)
                {
                    return last;
                }
            }

            return last!;
        }
        finally
        {
            // The slower one is killed rather than waited for; a new process starts in milliseconds.
            await enough.CancelAsync();
            await Task.WhenAll(
                running.Select(t => t.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        }
    }
}
