namespace Holdpoint.Wire.Json;

/// <summary>
/// How one JSON value is read: what in it is content, and what else it may be. Rules are built once per wire format, immutable and
/// thread-safe.
/// </summary>
internal abstract class Rule
{
    /// <summary>Reads the value whose first token is the current one, and leaves the walk at its last token.</summary>
    /// <returns>False when the walk has a fault.</returns>
    public abstract bool Read(ref JsonWalk walk);
}
