using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>A record that may have more attributes than are known: what two records have in common. In permissive mode only.</summary>
/// <param name="Known">The attributes that are known.</param>
internal sealed record OpenRecord(RecordType Known) : CedarType
{
    public override string ToString() => $"{Known.ToString().TrimEnd('}')}, …}}";
}
