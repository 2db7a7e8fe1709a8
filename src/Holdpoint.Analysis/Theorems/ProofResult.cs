namespace Holdpoint.Analysis.Theorems;

/// <summary>How a proof ended.</summary>
public enum ProofResult
{
    /// <summary>It holds of every request.</summary>
    Proved,

    /// <summary>It does not hold.</summary>
    Refuted,

    /// <summary>Nobody knows, which is not proved.</summary>
    Unknown,
}
