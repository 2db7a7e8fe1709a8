namespace Holdpoint.Signals;

/// <summary>One check that a part went through.</summary>
internal enum Check
{
    /// <summary>Undoing of disguises: <see cref="CoverageResult.Found"/> when something other than plain ASCII text had to be read.</summary>
    Normalise,
    Phrases,
    Persons,
}

/// <summary>What came of a check.</summary>
internal enum CoverageResult
{
    Clean,
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
internal readonly record struct CoverageEntry(string Path, Check Check, long Bytes, CoverageResult Result);
