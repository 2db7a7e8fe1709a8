namespace Holdpoint.Signals;

/// <summary>One check that a part went through.</summary>
public enum Check
{
    /// <summary>
    /// Undoing of disguises: <see cref="CoverageResult.Found"/> when something other than plain ASCII text had to be read.
    /// </summary>
    Normalise,
    /// <summary>Search for the agreement's phrases.</summary>
    Phrases,

    /// <summary>Search for persons, by their identifiers.</summary>
    Persons,
}

/// <summary>The result of a check.</summary>
public enum CoverageResult
{
    /// <summary>The part was read, and nothing was found.</summary>
    Clean,

    /// <summary>The part was read, and something was found.</summary>
    Found,

    /// <summary>The part exceeded a limit of the detectors, so the findings are the worst case.</summary>
    Saturated,

    /// <summary>The part is opaque (an image, a file): the check did not read it.</summary>
    NotRead,
}

/// <summary>A line of a record's coverage: the part, the check, the number of bytes read, and the result.</summary>
/// <param name="Path">The part's path in the body.</param>
/// <param name="Check">The check.</param>
/// <param name="Bytes">The number of raw bytes that the check has read; 0 for <see cref="CoverageResult.NotRead"/>.</param>
/// <param name="Result">The result of the check.</param>
public readonly record struct CoverageEntry(string Path, Check Check, long Bytes, CoverageResult Result)
{
    /// <summary>One line for this check of a part that was read in several pieces: all bytes, and the worse result.</summary>
    internal CoverageEntry With(CoverageEntry further) =>
        this with { Bytes = Bytes + further.Bytes, Result = Result > further.Result ? Result : further.Result };
}
