namespace Holdpoint.Analysis.Solvers;

/// <summary>The solvers that we speak to.</summary>
public enum SolverKind
{
    /// <summary>Z3; version 4.8.12 or later.</summary>
    Z3,

    /// <summary>cvc5; version 1.0.3 or later.</summary>
    Cvc5,
}
