using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>
/// The names seen in one object of unknown shape, to find duplicates. The names of a short object are compared one by one without
/// allocating; a longer object gets a hash set, so that one huge object does not cost quadratic time.
/// </summary>
internal ref struct NameSet(Span<(int Start, int Length)> room)
{
    /// <summary>The number of names that are compared one by one.</summary>
    public const int LinearNames = 16;

    private readonly Span<(int Start, int Length)> _room = room;
    private int _count;
    private HashSet<string>? _set;

    /// <summary>Adds the name whose undecoded text is at that place of the body.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="start">The position at which the name begins, after its quote.</param>
    /// <param name="length">The length of the undecoded name.</param>
    /// <param name="decoded">The decoded name; the same bytes when the name has no escapes.</param>
    /// <param name="escaped">Whether the name has escapes.</param>
    /// <returns>False when the object already has the name.</returns>
    public bool Add(ReadOnlySpan<byte> body, int start, int length, ReadOnlySpan<byte> decoded, bool escaped)
    {
        if (_set is null && !escaped && _count < LinearNames)
        {
            foreach (var (s, l) in _room[.._count])
            {
                if (l == length && body.Slice(s, l).SequenceEqual(decoded))
                {
                    return false;
                }
            }

            _room[_count++] = (start, length);
            return true;
        }

        if (_set is null)
        {
            _set = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (s, l) in _room[.._count])
            {
                _set.Add(Encoding.UTF8.GetString(body.Slice(s, l)));
            }
        }

        return _set.Add(Encoding.UTF8.GetString(decoded));
    }
}
