using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>The grouping of identifiers into persons: a union-find in which a person holds at most one identifier of each kind.</summary>
/// <remarks>
/// That restriction makes the count a floor that nobody can lower: a hundred different e-mail addresses are a hundred persons, whatever
/// other identifiers appear with them. A link that would break the restriction is not made, so two persons stay two. Not thread-safe.
/// </remarks>
internal sealed class PersonLinks
{
    private readonly Dictionary<Identifier, int> _nodes = [];
    private readonly List<(Identifier Identifier, int Parent, int Kinds)> _links = [];

    // In their order, so that somebody who has taken over a stretch of them can go on from there.
    private readonly List<(int Left, int Right)> _made = [];

    /// <summary>The number of distinct persons now.</summary>
    public int Persons { get; private set; }

    /// <summary>The number of distinct coordinates now.</summary>
    public int Locations { get; private set; }

    /// <summary>The number of distinct identifiers now; nodes are numbered from 0 in order of first mention.</summary>
    public int Count => _links.Count;

    /// <summary>The number of links made so far.</summary>
    public int Made => _made.Count;

    public Identifier this[int node] => _links[node].Identifier;

    /// <summary>The node of an identifier, added when the identifier is new.</summary>
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

    /// <summary>Adds persons that were found elsewhere, each with all its identifiers.</summary>
    public void Add(ImmutableArray<PersonFinding> persons)
    {
        foreach (var person in persons)
        {
            var first = Add(person.Identifiers[0]);
            foreach (var other in person.Identifiers.AsSpan()[1..])
            {
                Link(first, Add(other));
            }
        }
    }

    /// <summary>
    /// Adds the nodes of <paramref name="other"/> from <paramref name="node"/> on and its links from <paramref name="link"/> on.
    /// </summary>
    public void Add(PersonLinks other, int node, int link)
    {
        for (; node < other.Count; node++)
        {
            Add(other[node]);
        }

        for (; link < other.Made; link++)
        {
            var (left, right) = other._made[link];
            Link(_nodes[other[left]], _nodes[other[right]]);
        }
    }

    /// <summary>The node that represents the whole person of <paramref name="node"/>.</summary>
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
        var (leftRoot, rightRoot) = (PersonOf(left), PersonOf(right));
        var (a, b) = (_links[leftRoot], _links[rightRoot]);
        if (leftRoot == rightRoot || (a.Kinds & b.Kinds) != 0)
        {
            return;
        }

        // Depth stays small without ranks: a person has at most one identifier of each kind, so a tree has at most ten nodes.
        a.Kinds |= b.Kinds;
        b.Parent = leftRoot;
        _links[leftRoot] = a;
        _links[rightRoot] = b;
        _made.Add((left, right));
        Persons--;
    }

    public void Clear()
    {
        _nodes.Clear();
        _links.Clear();
        _made.Clear();
        Persons = 0;
        Locations = 0;
    }
}
