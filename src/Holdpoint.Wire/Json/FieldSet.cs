namespace Holdpoint.Wire.Json;

/// <summary>Which fields of one object were seen.</summary>
internal ref struct FieldSet(Span<(int Start, int Length)> names)
{
    public ulong Seen;
    public NameSet Others = new(names);
}
