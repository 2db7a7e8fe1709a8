namespace Holdpoint.Analysis.Solvers;

/// <summary>A solver is not there, died, or said something that no solver should say.</summary>
/// <remarks>The message names solvers and what to do, never a policy's content.</remarks>
public sealed class SolverException : Exception
{
    /// <summary>A fault with no message of its own.</summary>
    public SolverException()
    {
    }

    /// <summary>A fault.</summary>
    public SolverException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public SolverException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
