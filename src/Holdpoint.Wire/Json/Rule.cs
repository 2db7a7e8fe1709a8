namespace Holdpoint.Wire.Json;

/// <summary>
/// Reads one JSON value: gathers its content, and refuses forms that the value may not have. Rules are built once per wire format,
/// immutable and thread-safe.
/// </summary>
internal abstract class Rule
{
    /// <summary>Reads the value whose first token is the current one, and leaves the walk at its last token.</summary>
    /// <returns>False when the walk has a fault.</returns>
    public abstract bool Read(ref JsonWalk walk);
}
