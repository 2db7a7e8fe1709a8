namespace Holdpoint.Agreements;

/// <summary>The name of a clause or red line: the stem of its file, such as <c>bulk-acquired-data</c>. Unique in an agreement.</summary>
/// <param name="Value">
/// Lower-case letters, digits and single hyphens between them, at most 64 characters; null only in <c>default</c>.
/// </param>
public readonly record struct ClauseId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "(no clause)";
}
