namespace Holdpoint.Policy.Schema;

/// <summary>Closes a relation of direct parents.</summary>
internal static class Hierarchy
{
    /// <summary>All ancestors of every node, itself only when a path leads back to it; null past <paramref name="most"/> in all.</summary>
    public static Dictionary<T, HashSet<T>>? Close<T>(IReadOnlyDictionary<T, IReadOnlyCollection<T>> parents, int most)
        where T : notnull
    {
        var closed = new Dictionary<T, HashSet<T>>(parents.Count);
        var total = 0;
        var open = new Stack<T>();
        foreach (var (node, direct) in parents)
        {
            var ancestors = new HashSet<T>();
            foreach (var parent in direct)
            {
                open.Push(parent);
            }

            while (open.TryPop(out var next))
            {
                if (!ancestors.Add(next))
                {
                    continue;
                }

                total++;
                if (total > most)
                {
                    return null;
                }

                foreach (var parent in parents[next])
                {
                    open.Push(parent);
                }
            }

            closed.Add(node, ancestors);
        }

        return closed;
    }
}
