namespace Holdpoint.Policy;

/// <summary>An entity in a store, with the set of everything that it is <c>in</c>.</summary>
internal sealed class StoredEntity(Entity entity)
{
    // As for sets of values: a handful is found faster by looking at each.
    private const int ScanUpTo = 8;

    private HashSet<EntityValue>? _index;

    internal enum Visit
    {
        New,
        Open,
        Done,
    }

    public Entity Entity { get; } = entity;

    /// <summary>All ancestors, without the entity itself. In a store, one object stands for all mentions of an ancestor.</summary>
    public EntityValue[] Ancestors { get; private set; } = [];

    /// <summary>Where the computation of ancestors stands; <see cref="Visit.Done"/> in every store that is handed out.</summary>
    public Visit State { get; set; }

    public bool HasAncestor(EntityValue entity)
    {
        if (_index is not null)
        {
            return _index.Contains(entity);
        }

        foreach (var ancestor in Ancestors)
        {
            if (ancestor.Equals(entity))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Unites the parents, as <paramref name="intern"/> gives them, with their own ancestors, which must be there already.
    /// </summary>
    public void CloseAncestors(Dictionary<EntityValue, StoredEntity> stored, Func<EntityUid, EntityValue> intern)
    {
        State = Visit.Done;
        if (Entity.Parents.IsEmpty)
        {
            return;
        }

        var all = new HashSet<EntityValue>();
        foreach (var parent in Entity.Parents)
        {
            var value = intern(parent);
            all.Add(value);
            if (stored.TryGetValue(value, out var known))
            {
                all.UnionWith(known.Ancestors);
            }
        }

        Ancestors = [.. all];
        _index = all.Count > ScanUpTo ? all : null;
    }
}
