using System.Collections.Immutable;
using Holdpoint.Evidence;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Who posted which further envelope of a known statement. An id is kept as long as anybody who posted it keeps it, so that nobody's
/// postings make the gateway forget what somebody else posted. Immutable.
/// </summary>
internal sealed record EvidenceCopies
{
    private EvidenceCopies()
    {
    }

    public static EvidenceCopies None { get; } = new();

    private ImmutableDictionary<Poster, Queue> ByPoster { get; init; } = ImmutableDictionary<Poster, Queue>.Empty;

    private ImmutableDictionary<EvidenceId, ImmutableHashSet<Poster>> Posters { get; init; } =
        ImmutableDictionary<EvidenceId, ImmutableHashSet<Poster>>.Empty;

    /// <summary>Whether somebody keeps the id.</summary>
    public bool Keep(EvidenceId id) => Posters.ContainsKey(id);

    /// <summary>Whether this poster does.</summary>
    public bool Keep(EvidenceId id, Poster poster) => Posters.TryGetValue(id, out var posters) && posters.Contains(poster);

    /// <summary>With one more id, which the poster does not keep yet.</summary>
    /// <param name="id">The id of the envelope.</param>
    /// <param name="poster">Who posted it.</param>
    /// <param name="most">Most ids that are kept for one poster.</param>
    /// <param name="forgotten">The poster's oldest id where it made room and nobody else keeps it.</param>
    public EvidenceCopies With(EvidenceId id, Poster poster, int most, out EvidenceId? forgotten)
    {
        var queue = ByPoster.GetValueOrDefault(poster, new(ImmutableQueue<EvidenceId>.Empty, 0)).Add(id);
        var posters = Posters.SetItem(id, Posters.GetValueOrDefault(id, []).Add(poster));
        forgotten = null;
        if (queue.Count > most)
        {
            queue = queue.WithoutOldest(out var oldest);
            var others = posters[oldest].Remove(poster);
            forgotten = others.IsEmpty ? oldest : null;
            posters = others.IsEmpty ? posters.Remove(oldest) : posters.SetItem(oldest, others);
        }

        return new() { ByPoster = ByPoster.SetItem(poster, queue), Posters = posters };
    }

    private readonly record struct Queue(ImmutableQueue<EvidenceId> Ids, int Count)
    {
        public Queue Add(EvidenceId id) => new(Ids.Enqueue(id), Count + 1);

        public Queue WithoutOldest(out EvidenceId oldest) => new(Ids.Dequeue(out oldest), Count - 1);
    }
}

/// <summary>Whoever posted an envelope: a principal in its deployment.</summary>
internal readonly record struct Poster(string Deployment, string Principal);
