using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>
/// The names seen in one object of unknown shape, to find duplicates. Short objects are compared name by name without allocating; a
/// longer one gets a hash set, so that a body of one huge object costs no quadratic time.
/// </summary>
internal ref struct NameSet(Span<(int Start, int Length)> room)
{
    /// <summary>Names that are compared one by one.</summary>
    public const int LinearNames = 16;

    private readonly Span<(int Start, int Length)> _room = room;
    private int _count;
    private HashSet<string>? _set;

    /// <summary>Adds the name whose undecoded text is at that place of the body.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="start">Where the name begins, after its quote.</param>
    /// <param name="length">Its undecoded length.</param>
    /// <param name="decoded">The name decoded; the same bytes when it has no escapes.</param>
    /// <param name="escaped">Whether it has escapes.</param>
    /// <returns>False when the object already has it.</returns>
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
