using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Verification;

/// <summary>The root that one source of leaf hashes leads to, at the log's size and at an older one; none once a hash is unknown.</summary>
internal sealed class LeafTrack(long? sinceSize)
{
    private readonly CompactRange _range = new();
    private bool _isKnown = true;

    public Hash? Root => _isKnown ? _range.Root : null;

    public Hash? RootAtSince { get; private set; }

    /// <summary>Takes the next leaves; null, or fewer than <paramref name="expected"/>, ends what can be known.</summary>
    public void Append(ReadOnlySpan<Hash> leaves, int expected)
    {
        _isKnown &= leaves.Length == expected;
        if (!_isKnown)
        {
            return;
        }

        foreach (var leaf in leaves)
        {
            _range.Append(leaf);
            if (_range.Size == sinceSize)
            {
                RootAtSince = _range.Root;
            }
        }
    }
}
