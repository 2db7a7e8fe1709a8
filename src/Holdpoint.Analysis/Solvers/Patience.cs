namespace Holdpoint.Analysis.Solvers;

/// <summary>Which answers are waited for where there are several solvers.</summary>
public enum Patience
{
    /// <summary>The first definite one; for people who wait.</summary>
    First,

    /// <summary>All: one that contradicts another is a fault. For activation.</summary>
    All,
}
