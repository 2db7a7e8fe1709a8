namespace Holdpoint.Policy;

/// <summary>An entity in a store, with the set of everything that it is <c>in</c>.</summary>
internal sealed class StoredEntity(Entity entity)
{
    // As for sets of values: a handful is found faster by looking at each.
    private const int ScanUpTo = 8;

    private HashSet<EntityUid>? _index;

    internal enum Visit
    {
        New,
        Open,
        Done,
    }

    public Entity Entity { get; } = entity;

    /// <summary>All ancestors, without the entity itself.</summary>
    public EntityUid[] Ancestors { get; private set; } = [];

    /// <summary>Where the computation of ancestors stands; <see cref="Visit.Done"/> in every store that is handed out.</summary>
    public Visit State { get; set; }

    public bool HasAncestor(EntityUid uid) => _index?.Contains(uid) ?? Array.IndexOf(Ancestors, uid) >= 0;

    /// <summary>Unites the parents with their own ancestors, which must be there already.</summary>
    public void CloseAncestors(Dictionary<EntityUid, StoredEntity> stored)
    {
        State = Visit.Done;
        if (Entity.Parents.IsEmpty)
        {
            return;
        }

        var all = new HashSet<EntityUid>(Entity.Parents);
        foreach (var parent in Entity.Parents)
        {
            if (stored.TryGetValue(parent, out var known))
            {
                all.UnionWith(known.Ancestors);
            }
        }

        Ancestors = [.. all];
        _index = all.Count > ScanUpTo ? all : null;
    }
}
