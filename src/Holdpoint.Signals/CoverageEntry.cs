namespace Holdpoint.Signals;

/// <summary>One check that a part went through.</summary>
public enum Check
{
    /// <summary>
    /// Undoing of disguises: <see cref="CoverageResult.Found"/> when something other than plain ASCII text had to be read.
    /// </summary>
    Normalise,
    /// <summary>The agreement's phrases.</summary>
    Phrases,

    /// <summary>Persons, by their identifiers.</summary>
    Persons,
}

/// <summary>What came of a check.</summary>
public enum CoverageResult
{
    /// <summary>Read, and nothing found.</summary>
    Clean,

    /// <summary>Read, and something found.</summary>
    Found,

    /// <summary>There was more than the limit, so the findings are the worst case.</summary>
    Saturated,

    /// <summary>The part is opaque (an image, a file): the check did not read it, and says so.</summary>
    NotRead,
}

/// <summary>A line of a record's coverage: which part, which check, how much of it, with what result.</summary>
/// <param name="Path">The part's path in the body.</param>
/// <param name="Check">The check.</param>
/// <param name="Bytes">How many raw bytes the check has read; 0 for <see cref="CoverageResult.NotRead"/>.</param>
/// <param name="Result">What came of it.</param>
public readonly record struct CoverageEntry(string Path, Check Check, long Bytes, CoverageResult Result)
{
    /// <summary>One line for this check of a part that was read in several pieces: all bytes, and the worse result.</summary>
    internal CoverageEntry With(CoverageEntry further) =>
        this with { Bytes = Bytes + further.Bytes, Result = Result > further.Result ? Result : further.Result };
}
