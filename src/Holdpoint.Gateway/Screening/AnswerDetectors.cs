using System.Collections.Immutable;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// The detectors of answers: they look for the agreement's phrases and for the keys of the providers, which can change while the
/// configuration stays. Thread-safe.
/// </summary>
internal sealed class AnswerDetectors
{
    private readonly UpstreamRegistry _upstreams;
    private readonly IEnumerable<KeyValuePair<string, ImmutableArray<string>>> _phrases;
    private Known _known;

    /// <param name="phrases">The texts of each phrase of the agreement, by its name.</param>
    /// <param name="upstreams">Whose keys are looked for.</param>
    /// <exception cref="ArgumentException">The phrases are too long all together.</exception>
    public AnswerDetectors(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> phrases, UpstreamRegistry upstreams)
    {
        (_phrases, _upstreams) = (phrases, upstreams);
        _known = Make();
    }

    /// <summary>The detectors for the keys as they are now.</summary>
    public Detectors Current
    {
        get
        {
            var known = Volatile.Read(ref _known);
            if (!IsCurrent(known))
            {
                // Two that do this at once make the same.
                Volatile.Write(ref _known, known = Make());
            }

            return known.Detectors;
        }
    }

    private bool IsCurrent(Known known)
    {
        var all = _upstreams.All;
        for (var i = 0; i < all.Length; i++)
        {
            if (!ReferenceEquals(all[i].Key, known.Keys[i]))
            {
                return false;
            }
        }

        return true;
    }

    private Known Make()
    {
        ImmutableArray<string?> keys = [.. _upstreams.All.Select(upstream => upstream.Key)];
        return new(keys, Detectors.Create(ProviderKeys.With(_phrases, [.. keys.OfType<string>().Distinct()])));
    }

    private sealed record Known(ImmutableArray<string?> Keys, Detectors Detectors);
}
