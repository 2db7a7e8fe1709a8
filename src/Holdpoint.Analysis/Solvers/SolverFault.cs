namespace Holdpoint.Analysis.Solvers;

/// <summary>A solver is not there, died, or said something that no solver should say.</summary>
/// <remarks>The message names solvers and what to do, never a policy's content.</remarks>
public sealed class SolverFault : Exception
{
    /// <summary>A fault with no message of its own.</summary>
    public SolverFault()
    {
    }

    /// <summary>A fault.</summary>
    public SolverFault(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public SolverFault(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
