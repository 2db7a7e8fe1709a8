namespace Holdpoint.Policy.Evaluation;

/// <summary>
/// The working memory of decisions, kept from one to the next so that none allocates: the policies still to be asked, and what shared
/// expressions came to. Belongs to one thread at a time.
/// </summary>
internal sealed class Scratch
{
    private ulong[] _candidates = [];
    private Value?[] _kept = [];
    private int[] _filled = [];
    private int _filledCount;

    /// <summary>What shared expressions came to in this decision, by slot; null where none was asked for.</summary>
    public Value?[] Kept => _kept;

    /// <summary>Makes room; every bit and every slot is then empty.</summary>
    public Span<ulong> Prepare(int words, int slots)
    {
        // Not empty only where a fault of our own ended the last decision early: what it kept is not true of the next request.
        Forget();
        if (_candidates.Length < words)
        {
            _candidates = new ulong[words];
        }

        if (_kept.Length < slots)
        {
            _kept = new Value?[slots];
            _filled = new int[slots];
        }

        var candidates = _candidates.AsSpan(0, words);
        candidates.Clear();
        return candidates;
    }

    public void Keep(int slot, Value value)
    {
        // A slot is filled once in a decision, so the list of filled ones cannot outgrow the slots.
        _kept[slot] = value;
        _filled[_filledCount++] = slot;
    }

    /// <summary>Empties the slots that were filled, so that the cost follows what was used and nothing of a request stays behind.</summary>
    public void Forget()
    {
        foreach (var slot in _filled.AsSpan(0, _filledCount))
        {
            _kept[slot] = null;
        }

        _filledCount = 0;
    }
}
