using System.Collections.Immutable;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// Finds which of a call's named statements are about which of its bytes. Each line is hashed once. Belongs to one call; not thread-safe.
/// </summary>
internal sealed class ChunkMatcher(ImmutableArray<VerifiedStatement> datasets)
{
    private readonly bool[] _matched = new bool[datasets.Length];

    /// <summary>The statements that were about anything so far.</summary>
    public ImmutableArray<VerifiedStatement> Matched => [.. datasets.Where((_, i) => _matched[i])];

    /// <summary>
    /// Text, line by line. A line end belongs to its line: that of an attested line tells nothing of its own (one of two forms), and
    /// counting it as unattested would fault every honest dataset; that of an unattested line, and an empty line, are unattested.
    /// </summary>
    public PartProvenance MatchLines(ReadOnlySpan<byte> text)
    {
        var ranges = new RangeList();
        foreach (var line in new LineChunks(text))
        {
            var by = line.IsChunk
                ? About(Hash.Of(text.Slice(line.Start, line.Length)), ranges.Last, static (statement, digest) =>
                    ((DatasetProvenance)statement.Predicate).Chunks.Contains(digest))
                : [];
            ranges.Add(line.LengthWithEnd, by);
        }

        return ranges.ToProvenance();
    }

    /// <summary>An image or a file, by the digest of the whole.</summary>
    public PartProvenance MatchWhole(ReadOnlySpan<byte> bytes)
    {
        var ranges = new RangeList();
        ranges.Add(bytes.Length, About(Hash.Of(bytes), [], static (statement, digest) => statement.Subjects.Any(s => s.Digest == digest)));
        return ranges.ToProvenance();
    }

    /// <summary>A text that was read from a file in another encoding: attested as the whole file, else line by line.</summary>
    public PartProvenance MatchFile(ReadOnlySpan<byte> file, ReadOnlySpan<byte> text)
    {
        var about = About(Hash.Of(file), [], static (statement, digest) => statement.Subjects.Any(s => s.Digest == digest));
        if (about.IsEmpty)
        {
            return MatchLines(text);
        }

        var ranges = new RangeList();
        ranges.Add(text.Length, about);
        return ranges.ToProvenance();
    }

    /// <summary>
    /// The statements about a digest; the very <paramref name="previous"/> when they are the same, so that a long run costs one list.
    /// </summary>
    private ImmutableArray<VerifiedStatement> About(
        Hash digest, ImmutableArray<VerifiedStatement> previous, Func<VerifiedStatement, Hash, bool> isAbout)
    {
        List<VerifiedStatement>? differing = null;
        var count = 0;
        for (var i = 0; i < datasets.Length; i++)
        {
            if (!isAbout(datasets[i], digest))
            {
                continue;
            }

            _matched[i] = true;
            if (differing is null && (count == previous.Length || previous[count] != datasets[i]))
            {
                differing = [.. previous.AsSpan()[..count]];
            }

            differing?.Add(datasets[i]);
            count++;
        }

        return differing is not null ? [.. differing]
            : count == previous.Length ? previous
            : previous[..count];
    }

    /// <summary>Stretches lying end to end, equal neighbours joined.</summary>
    private sealed class RangeList
    {
        private readonly ImmutableArray<AttestedRange>.Builder _attested = ImmutableArray.CreateBuilder<AttestedRange>();
        private readonly ImmutableArray<ByteRange>.Builder _unattested = ImmutableArray.CreateBuilder<ByteRange>();
        private int _start;
        private int _end;

        /// <summary>The statements about the stretch that was added last; none when it is unattested.</summary>
        public ImmutableArray<VerifiedStatement> Last { get; private set; } = [];

        public void Add(int length, ImmutableArray<VerifiedStatement> by)
        {
            if (by != Last)
            {
                Close();
                Last = by;
            }

            _end += length;
        }

        public PartProvenance ToProvenance()
        {
            Close();
            return new(_attested.DrainToImmutable(), _unattested.DrainToImmutable());
        }

        private void Close()
        {
            if (_end == _start)
            {
                return;
            }

            if (Last.IsEmpty)
            {
                _unattested.Add(new(_start, _end));
            }
            else
            {
                _attested.Add(new(new(_start, _end), Last));
            }

            _start = _end;
        }
    }
}
