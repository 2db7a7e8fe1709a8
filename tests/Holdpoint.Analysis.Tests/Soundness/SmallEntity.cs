using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>Everything that one entity can be.</summary>
internal sealed record SmallEntity(
    EntityUid Uid, IReadOnlyList<RecordValue> Attributes, IReadOnlyList<RecordValue> Tags, IReadOnlyList<List<EntityUid>> Parents)
{
    public int Count { get; } = Attributes.Count * Tags.Count * Parents.Count;

    public static SmallEntity Of(EntityUid uid, EntityType type, SmallDomain domain, IEnumerable<EntityUid> others) => new(
        uid,
        domain.Attributes(type.Attributes),
        domain.Tags(type.Tags),
        SmallDomain.Subsets([.. others.Where(o => o != uid && type.ParentTypes.Contains(o.Type))]));

    public Entity At(int index)
    {
        var attributes = Attributes[index % Attributes.Count];
        index /= Attributes.Count;
        return new(Uid, attributes, Parents[index / Tags.Count], Tags[index % Tags.Count]);
    }
}
