using System.Diagnostics;
using Holdpoint.Analysis.SmtLib;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Analysis.Tests.Solvers;

public sealed class SolverPoolTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    // A product of two primes of 32 bits: multiplication by search.
    private static readonly SmtProblem Hard = new(
        "(declare-const a (_ BitVec 128))(declare-const b (_ BitVec 128))(assert (= (bvmul a b) (_ "
        + "bv340282366920938463463374607431768211283 128)))"
        + "(assert (bvult (_ bv1 128) a))(assert (bvult (_ bv1 128) b))(assert (bvult a (_ bv18446744073709551616 128)))(assert (bvult b "
        + "(_ bv18446744073709551616 128)))\n",
        [],
        []);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SolverKind.Z3)]
    [InlineData(SolverKind.Cvc5)]
    public async Task One_process_answers_many_problems(SolverKind kind)
    {
        using var pool = new SolverPool([InstalledSolvers.Of(kind)], Generous);
        HashSet<int> processes = [];
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<SolverAnswer.Satisfiable>(await pool.SolveAsync(Said("true"), Cancellation));
            Assert.IsType<SolverAnswer.Unsatisfiable>(await pool.SolveAsync(Said("false"), Cancellation));
            processes.UnionWith(pool.ProcessIds);
        }

        Assert.Single(processes);
    }

    [Theory]
    [InlineData(SolverKind.Z3)]
    [InlineData(SolverKind.Cvc5)]
    public async Task A_problem_that_takes_too_long_is_unknown_and_the_next_is_answered(SolverKind kind)
    {
        using var lane = new SolverLane(InstalledSolvers.Of(kind));

        Assert.IsType<SolverAnswer.Unknown>(await lane.SolveAsync(Hard, TimeSpan.FromMilliseconds(50), Cancellation));

        // With time of its own: on a busy machine a new process alone takes 50 ms to begin.
        Assert.IsType<SolverAnswer.Unsatisfiable>(await lane.SolveAsync(Said("false"), Generous, Cancellation));
    }

    [Theory]
    [InlineData(SolverKind.Z3)]
    [InlineData(SolverKind.Cvc5)]
    public async Task Cancelling_ends_the_process_and_the_pool_goes_on(SolverKind kind)
    {
        using var pool = new SolverPool([InstalledSolvers.Of(kind)], Generous);
        await pool.SolveAsync(Said("true"), Cancellation);
        var process = Process.GetProcessById(Assert.Single(pool.ProcessIds));
        using var cancel = new CancellationTokenSource();

        var solving = pool.SolveAsync(Hard, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solving);
        await process.WaitForExitAsync(Cancellation);
        Assert.IsType<SolverAnswer.Satisfiable>(await pool.SolveAsync(Said("true"), Cancellation));
    }

    [Fact]
    public async Task No_process_outlives_the_pool()
    {
        List<Process> processes;
        using (var pool = InstalledSolvers.Pool(Generous))
        {
            await pool.SolveAsync(Said("true"), Cancellation);
            processes = [.. pool.ProcessIds.Select(Process.GetProcessById)];
            Assert.Equal(pool.Kinds.Length, processes.Count);
        }

        foreach (var process in processes)
        {
            await process.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Wishes_are_granted_in_their_order_as_far_as_they_go_together()
    {
        using var pool = InstalledSolvers.Pool(Generous, Patience.First);
        var terms = new Analysis.Terms.TermFactory();
        var x = terms.Variable("x", Analysis.Terms.TermType.Boolean);
        var problem = new SmtProblem(
            "(declare-const x Bool)(declare-const y Bool)(assert (or x y))\n",
            [new(["(not x)"], Spares: 1), new(["false"]), new(["(not y)", "y"], Spares: 1), new(["false"])], [(x, "x"), (x, "y")]);

        var answer = Assert.IsType<SolverAnswer.Satisfiable>(await pool.SolveAsync(problem, Cancellation));

        Assert.Equal(["false", "true"], answer.Values.Select(v => v.ToString()));
    }

    [Fact]
    public async Task A_solver_that_is_told_nonsense_is_a_fault()
    {
        using var pool = InstalledSolvers.Pool(Generous);

        await Assert.ThrowsAsync<SolverException>(() => pool.SolveAsync(new("(no such command)\n", [], []), Cancellation));
    }

    [Fact]
    public void Without_a_solver_it_says_what_to_install()
    {
        var fault = Assert.Throws<SolverException>(() => new SolverPool([]));

        Assert.Contains("z3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("cvc5", fault.Message, StringComparison.Ordinal);
    }

    private static SmtProblem Said(string truth) => new($"(declare-const x Bool)(assert {truth})\n", [], []);
}
