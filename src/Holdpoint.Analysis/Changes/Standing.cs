namespace Holdpoint.Analysis.Changes;

/// <summary>What becomes of a request before any seat is filled.</summary>
public enum Standing
{
    /// <summary>It may happen.</summary>
    Permitted,

    /// <summary>It waits for people.</summary>
    Held,

    /// <summary>It may not happen.</summary>
    Refused,
}
