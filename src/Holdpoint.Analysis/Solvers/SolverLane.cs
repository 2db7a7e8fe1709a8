using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Analysis.SmtLib;

namespace Holdpoint.Analysis.Solvers;

/// <summary>
/// A place where one solver answers one problem after another. It keeps the process between problems and starts a new one when the old
/// one was killed. Thread-safe: problems wait for each other.
/// </summary>
internal sealed class SolverLane(SolverTool tool) : IDisposable
{
    // What a solver may take longer than the limit it was told: it looks at its clock now and then. After that it is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private SolverProcess? _process;

    public SolverKind Kind => tool.Kind;

    /// <summary>The running process, for tests that nothing is left behind.</summary>
    internal int? ProcessId => _process is { IsDead: false } running ? running.Id : null;

    /// <exception cref="OperationCanceledException">Cancelled by the caller; the process was killed.</exception>
    /// <exception cref="SolverException">The solver died or said what no solver should say.</exception>
    public async Task<SolverAnswer> SolveAsync(SmtProblem problem, TimeSpan limit, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timer.CancelAfter((limit * 3) + Grace);
            return await AnswerAsync(problem, limit, timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SolverAnswer.Unknown("out of time");
        }
        catch (FormatException fault)
        {
            Drop();
            throw new SolverException($"{tool.Kind} printed what does not read.", fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _turn.Dispose();
    }

    private async Task<SolverAnswer> AnswerAsync(SmtProblem problem, TimeSpan limit, CancellationToken cancellation)
    {
        var process = Running();
        using var hard = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        hard.CancelAfter(limit + Grace);
        switch (await AskAsync(process, $"{tool.Beginning(limit)}{problem.Text}(check-sat)", hard.Token))
        {
            case "unsat":
                return new SolverAnswer.Unsatisfiable();
            case "sat":
                await GrantAsync(process, problem.Wishes, limit, cancellation);
                return await ModelAsync(process, problem, cancellation);
            case "unknown" or "timeout":
                return new SolverAnswer.Unknown("the solver gave up or ran out of time");
            default:
                throw new SolverException($"{tool.Kind} did not answer the question that it was asked.");
        }
    }

    /// <summary>
    /// Grants wishes until the time that the answer itself could have taken is over: they make a witness nicer, not truer.
    /// </summary>
    private static async Task GrantAsync(
        SolverProcess process, ImmutableArray<Wish<string>> wishes, TimeSpan limit, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < wishes.Length && clock.Elapsed < limit; i++)
        {
            var granted = -1;
            for (var j = 0; j < wishes[i].Alternatives.Length && granted < 0; j++)
            {
                if (await AskAsync(process, $"(push 1)\n(assert {wishes[i].Alternatives[j]})\n(check-sat)", cancellation) == "sat")
                {
                    granted = j;
                }
                else
                {
                    await process.ExchangeAsync("(pop 1)", cancellation);
                }
            }

            i += granted == 0 ? wishes[i].Spares : 0;
        }
    }

    private static async Task<SolverAnswer> ModelAsync(SolverProcess process, SmtProblem problem, CancellationToken cancellation)
    {
        if (problem.Observed.IsEmpty)
        {
            return new SolverAnswer.Satisfiable([]);
        }

        var names = string.Join(' ', problem.Observed.Select(o => o.Name));
        var answer = SExprReader.ReadAll(await process.ExchangeAsync($"(check-sat)\n(get-value ({names}))", cancellation));
        return answer is [SExpr.Atom("sat"), var values]
            ? new SolverAnswer.Satisfiable(SmtValues.Pairs(values, problem.Observed.Length))
            : new SolverAnswer.Unknown("the solver found a model and lost it");
    }

    private static async Task<string> AskAsync(SolverProcess process, string question, CancellationToken cancellation) =>
        (await process.ExchangeAsync(question, cancellation)).Trim();

    private SolverProcess Running()
    {
        if (_process is null or { IsDead: true })
        {
            Drop();
            _process = SolverProcess.Start(tool);
        }

        return _process!;
    }

    private void Drop()
    {
        _process?.Dispose();
        _process = null;
    }
}
