namespace Holdpoint.Policy.Schema;

/// <summary>Why a request or an entity does not conform to a schema.</summary>
/// <param name="Code">Stable code, one of <see cref="ConformanceCode"/>.</param>
/// <param name="Message">One sentence without a final stop. It names types, attributes and actions, never values.</param>
/// <param name="Place">Where, such as <c>context.exposure.persons</c>. Of an entity it names the uid.</param>
public sealed record ConformanceFault(string Code, string Message, string Place)
{
    /// <summary>The same fault, seen from outside.</summary>
    internal ConformanceFault Under(string step) => this with { Place = step + Place };

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Place}: {Message}";
}
