namespace Holdpoint.Signals;

/// <summary>Which identifiers belong to one person: a union-find in which a person holds at most one identifier of each kind.</summary>
/// <remarks>
/// That restriction makes the count a floor nobody can lower: a hundred different e-mail addresses are a hundred persons, whatever other
/// identifiers stand beside them. A link that would break it is not made, so two persons stay two. Not thread-safe.
/// </remarks>
internal sealed class PersonLinks
{
    private readonly Dictionary<Identifier, int> _nodes = [];
    private readonly List<(Identifier Identifier, int Parent, int Kinds)> _links = [];

    /// <summary>How many distinct persons there are now.</summary>
    public int Persons { get; private set; }

    /// <summary>How many distinct coordinates there are now.</summary>
    public int Locations { get; private set; }

    /// <summary>How many distinct identifiers there are now; nodes are numbered from 0 in order of first mention.</summary>
    public int Count => _links.Count;

    public Identifier this[int node] => _links[node].Identifier;

    /// <summary>The node of an identifier, new when it was not seen before.</summary>
    public int Add(Identifier identifier)
    {
        if (!_nodes.TryGetValue(identifier, out var node))
        {
            node = _links.Count;
            _nodes.Add(identifier, node);
            _links.Add((identifier, node, 1 << (int)identifier.Kind));
            Persons++;
            Locations += identifier.Kind == IdentifierKind.Coordinates ? 1 : 0;
        }

        return node;
    }

    /// <summary>The node that stands for the whole person of <paramref name="node"/>.</summary>
    public int PersonOf(int node)
    {
        while (_links[node].Parent != node)
        {
            var link = _links[node];
            link.Parent = _links[link.Parent].Parent;
            _links[node] = link;
            node = link.Parent;
        }

        return node;
    }

    /// <summary>Makes both one person, unless they already are or would then hold two identifiers of a kind.</summary>
    public void Link(int left, int right)
    {
        left = PersonOf(left);
        right = PersonOf(right);
        var (a, b) = (_links[left], _links[right]);
        if (left == right || (a.Kinds & b.Kinds) != 0)
        {
            return;
        }

        // Depth stays small without ranks: a person has at most one identifier of each kind, so a tree has at most ten nodes.
        a.Kinds |= b.Kinds;
        b.Parent = left;
        _links[left] = a;
        _links[right] = b;
        Persons--;
    }

    public void Clear()
    {
        _nodes.Clear();
        _links.Clear();
        Persons = 0;
        Locations = 0;
    }
}
