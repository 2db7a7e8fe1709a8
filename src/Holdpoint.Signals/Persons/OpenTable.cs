using System.Collections.Immutable;

namespace Holdpoint.Signals.Persons;

/// <summary>A table that was open at the end of a text, so that the next may bring its rows. Immutable.</summary>
/// <param name="Separator">What separates its columns; NUL for a lone column.</param>
/// <param name="Separators">The number of separators in a row.</param>
/// <param name="IsSpaced">Whether each separator has a space behind it.</param>
/// <param name="Shape">The columns, as bits, in which the last row had a digit or an at sign.</param>
/// <param name="Columns">The known columns.</param>
/// <param name="Doubtful">The names that waited for more of their sort (<see cref="RecordStack.AddDoubtfulName"/>).</param>
internal sealed record OpenTable(
    char Separator,
    int Separators,
    bool IsSpaced,
    uint Shape,
    ImmutableArray<(int Column, FieldKind Kind)> Columns,
    ImmutableArray<string> Doubtful)
{
    /// <summary>The raw offset of its header, or less than 0 when that was in an earlier text.</summary>
    public int HeaderAt { get; init; } = -1;

    /// <summary>Whether the rows were interrupted, so that only what has their form is one.</summary>
    public bool IsInterrupted { get; init; }
}
