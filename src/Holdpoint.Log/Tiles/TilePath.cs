using System.Globalization;
using System.Text;
using Holdpoint.Log.Notes;

namespace Holdpoint.Log.Tiles;

/// <summary>
/// The name of a tile or an entry bundle (C2SP tlog-tiles), relative to the log's prefix: <c>tile/0/x001/x234/067</c>,
/// <c>tile/entries/000.p/5</c>. Compared by value.
/// </summary>
public readonly record struct TilePath
{
    /// <summary>Hashes in a full tile, entries in a full bundle: 256.</summary>
    public const int FullWidth = 256;

    /// <summary>Highest level that C2SP allows: 63. A tree of 2^63 leaves needs 7.</summary>
    public const int MaxLevel = 63;

    /// <summary>Largest index: the tile of level 0 that leaf 2^63 − 1 is in. So Index · 256 never overflows.</summary>
    public const long MaxIndex = long.MaxValue / FullWidth;

    /// <summary>The longest name that is read; the largest index has six groups of three digits.</summary>
    private const int MaxLength = 64;

    // -1 for entries, so that default(TilePath), width 0, is no path of either kind.
    private const int EntriesLevel = -1;

    private TilePath(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaxIndex);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        (Level, Index, Width) = (level, index, width);
    }

    /// <summary>0 for leaf hashes, n for the roots of full tiles of level n − 1; −1 for entries.</summary>
    public int Level { get; }

    /// <summary>Which tile of its level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries: 256, or 1 to 255 when partial.</summary>
    public int Width { get; }

    /// <summary>Whether it names an entry bundle.</summary>
    public bool IsEntries => Level == EntriesLevel;

    /// <summary>Whether it is partial, and so part of a tree of one size only.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>A tile of hashes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Level not 0…63, index not 0…<see cref="MaxIndex"/> or width not 1…256.</exception>
    public static TilePath Hashes(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        return new(level, index, width);
    }

    /// <summary>A bundle of entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Index not 0…<see cref="MaxIndex"/> or width not 1…256.</exception>
    public static TilePath Entries(long index, int width = FullWidth) => new(EntriesLevel, index, width);

    /// <summary>
    /// All tiles of hashes of a tree of <paramref name="size"/> leaves, level by level; with its bundles, all that a log serves for it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static IEnumerable<TilePath> AllHashes(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Levels(size);

        static IEnumerable<TilePath> Levels(long hashes)
        {
            for (var level = 0; hashes > 0; level++, hashes /= FullWidth)
            {
                foreach (var (index, width) in Row(hashes))
                {
                    yield return Hashes(level, index, width);
                }
            }
        }
    }

    /// <summary>All entry bundles of a log of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static IEnumerable<TilePath> AllEntries(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Row(size).Select(place => Entries(place.Index, place.Width));
    }

    /// <summary>
    /// Reads a path as it stands in a request or a folder; anything that <see cref="ToString"/> would not write is refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TilePath path)
    {
        path = default;
        if (text.Length > MaxLength || !text.StartsWith("tile/"))
        {
            return false;
        }

        var whole = text;
        text = text["tile/".Length..];
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        var level = (long)EntriesLevel;
        if (!text[..slash].SequenceEqual("entries") && (!Checkpoint.TryParseNumber(text[..slash], out level) || level > MaxLevel))
        {
            return false;
        }

        text = text[(slash + 1)..];
        var width = (long)FullWidth;
        if (text.IndexOf(".p/") is >= 0 and var partial)
        {
            if (!Checkpoint.TryParseNumber(text[(partial + 3)..], out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            text = text[..partial];
        }

        var index = 0L;
        foreach (var part in text.Split('/'))
        {
            var group = text[part];
            var digits = group.StartsWith("x") ? group[1..] : group;
            if (digits.Length != 3 || digits.ContainsAnyExceptInRange('0', '9') || index > MaxIndex / 1_000)
            {
                return false;
            }

            index = (index * 1_000) + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        if (index > MaxIndex)
        {
            return false;
        }

        // Writing it again settles where x must and must not stand, and superfluous groups of zeros.
        var read = new TilePath((int)level, index, (int)width);
        if (!whole.SequenceEqual(read.ToString()))
        {
            return false;
        }

        path = read;
        return true;
    }

    /// <summary>The same tile or bundle when it was, or has become, full.</summary>
    public TilePath Full() => new(Level, Index, FullWidth);

    /// <summary>The path, without a leading slash.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("tile/");
        text.Append(IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture)).Append('/');
        AppendIndex(text, Index / 1_000);
        text.Append(CultureInfo.InvariantCulture, $"{Index % 1_000:000}");
        if (IsPartial)
        {
            text.Append(CultureInfo.InvariantCulture, $".p/{Width}");
        }

        return text.ToString();
    }

    private static void AppendIndex(StringBuilder text, long groups)
    {
        if (groups > 0)
        {
            AppendIndex(text, groups / 1_000);
            text.Append(CultureInfo.InvariantCulture, $"x{groups % 1_000:000}/");
        }
    }

    private static IEnumerable<(long Index, int Width)> Row(long count)
    {
        for (var index = 0L; index < count / FullWidth; index++)
        {
            yield return (index, FullWidth);
        }

        if (count % FullWidth is > 0 and var rest)
        {
            yield return (count / FullWidth, (int)rest);
        }
    }
}
