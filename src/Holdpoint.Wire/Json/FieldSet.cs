namespace Holdpoint.Wire.Json;

/// <summary>The set of fields of one object that were seen.</summary>
internal ref struct FieldSet(Span<(int Start, int Length)> names)
{
    public ulong Seen;
    public NameSet Others = new(names);
}
