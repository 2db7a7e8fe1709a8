using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Holdpoint.Analysis.Solvers;

/// <summary>
/// One running solver, spoken to through its standard input and output. It is killed as soon as an exchange is cancelled or fails, so a
/// living process is always one that waits for the next command. Not thread-safe.
/// </summary>
internal sealed class SolverProcess : IDisposable
{
    private readonly Process _process;
    private readonly SolverKind _kind;
    private int _exchanges;

    private SolverProcess(Process process, SolverKind kind)
    {
        _process = process;
        _kind = kind;
    }

    /// <summary>Whether the process has ended.</summary>
    public bool IsDead { get; private set; }

    /// <summary>The id of the process, for tests that nothing is left behind.</summary>
    public int Id => _process.Id;

    /// <exception cref="SolverException">The program does not start.</exception>
    public static SolverProcess Start(SolverTool tool)
    {
        var start = new ProcessStartInfo(tool.Path, tool.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            var process = Process.Start(start) ?? throw new SolverException($"{tool.Kind} did not start.");

            // Nobody reads what solvers write there, and a full pipe would stop them.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return new SolverProcess(process, tool.Kind);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new SolverException($"{tool.Kind} does not start; install it again.", fault);
        }
    }

    /// <summary>Sends commands and returns everything that the solver prints in answer.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the process is dead.</exception>
    /// <exception cref="SolverException">The solver ended.</exception>
    public async Task<string> ExchangeAsync(string commands, CancellationToken cancellation)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"answered-{++_exchanges}");
        try
        {
            // Read while writing: a solver may answer early, and two full pipes would wait for each other.
            var answer = ReadUntilAsync(mark, cancellation);
            await _process.StandardInput.WriteAsync($"{commands}\n(echo \"{mark}\")\n".AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            return await answer;
        }
        catch (IOException fault)
        {
            Kill();
            throw new SolverException($"{_kind} ended in the middle of a query.", fault);
        }
        catch
        {
            Kill();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task<string> ReadUntilAsync(string mark, CancellationToken cancellation)
    {
        var answer = new StringBuilder();
        while (true)
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new SolverException($"{_kind} ended: {answer}");
            if (line.AsSpan().Trim('"').SequenceEqual(mark))
            {
                return answer.ToString();
            }

            answer.AppendLine(line);
        }
    }

    private void Kill()
    {
        if (IsDead)
        {
            return;
        }

        IsDead = true;
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
    }
}
