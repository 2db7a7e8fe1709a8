using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>An entity of which the type is not known.</summary>
internal sealed record AnyEntityType : CedarType
{
    public static AnyEntityType Instance { get; } = new();

    public override string ToString() => "an entity";
}
