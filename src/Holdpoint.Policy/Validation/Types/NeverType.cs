using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>The type without values: that of the elements of an empty set. In permissive mode only.</summary>
internal sealed record NeverType : CedarType
{
    public static NeverType Instance { get; } = new();

    public override string ToString() => "nothing";
}
