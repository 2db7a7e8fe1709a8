namespace Holdpoint.Analysis.Theorems;

/// <summary>
/// What is proved of an agreement (docs/reference/proofs.md). The names are those of records and proofs; never renumbered.
/// </summary>
public enum Theorem
{
    /// <summary>Red lines hold: the clauses alone never permit what lies in a red line.</summary>
    T1 = 1,

    /// <summary>Claims cannot loosen: whatever a caller says, as much is needed as when nothing is said.</summary>
    T2,

    /// <summary>Detectors cannot open: a higher signal, count or exposure never loosens.</summary>
    T3,

    /// <summary>No clause errs on a valid request.</summary>
    T4,

    /// <summary>A hold is lifted only by what it names: what is loaded allows exactly when the seats that are needed are filled.</summary>
    T5,

    /// <summary>No dead clause: without each, some request would need something else; and each policy applies to some request.</summary>
    T6,

    /// <summary>Amendment: no request needs less than before.</summary>
    T7,
}
