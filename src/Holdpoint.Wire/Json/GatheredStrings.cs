using System.Buffers;
using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>The names in a value of an answer that are read as text, each once in an answer.</summary>
internal enum ReadNames
{
    /// <summary>Every name.</summary>
    All,

    /// <summary>Names that the API does not have (<see cref="ApiNames"/>), unless they are plain words.</summary>
    Strange,
}

/// <summary>
/// The strings of one value without a known shape, grouped by the names that lead to them: the texts of content parts stand together, and
/// no name or word of another field stands between them. Not thread-safe.
/// </summary>
/// <param name="read">The names that are read too: they come first.</param>
/// <param name="isJoined">Whether the strings of a group are pieces of one text; else each is a line.</param>
internal sealed class GatheredStrings(ReadNames read, bool isJoined = false)
{
    /// <summary>
    /// The maximum number of groups; what has other names is one more group. 64: the longest list that is compared one by one.
    /// </summary>
    private const int MaxGroups = 64;

    private readonly List<Group> _groups = [new(-1, [], new ArrayBufferWriter<byte>())];
    private readonly Group _rest = new(-1, "*"u8.ToArray(), new ArrayBufferWriter<byte>());

    private readonly ArrayBufferWriter<byte> _names = new();

    /// <summary>The names, a line each.</summary>
    public ReadOnlyMemory<byte> Names => _names.WrittenMemory;

    /// <summary>The groups that hold anything: the names that lead to one, joined by <c>/</c>, and its strings.</summary>
    public IEnumerable<(string Names, ReadOnlyMemory<byte> Strings)> All =>
        _groups.Append(_rest).Where(group => group.Strings.WrittenCount > 0).Select(group => (NamesOf(group), Valid(group)));

    /// <summary>The group of a field of the objects of another group.</summary>
    public int Child(int group, ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < _groups.Count; i++)
        {
            if (_groups[i].Parent == group && name.SequenceEqual(_groups[i].Name))
            {
                return i;
            }
        }

        if (_groups.Count == MaxGroups || group == MaxGroups)
        {
            return MaxGroups;
        }

        _groups.Add(new Group(group, name.ToArray(), new ArrayBufferWriter<byte>()));
        return _groups.Count - 1;
    }

    /// <summary>Adds a name, unless it is one that is not read, or that the answer has said before.</summary>
    public void AddName(ReadOnlySpan<byte> name, Harvest harvest)
    {
        if (name.IsEmpty || (read == ReadNames.Strange && PlainTokens.IsKnownName(name)) || harvest.HasSeen(name))
        {
            return;
        }

        _names.Write(harvest.See(name));
        _names.Write("\n"u8);
    }

    /// <summary>Adds what was gathered elsewhere to the names.</summary>
    public void Take(ReadOnlyMemory<byte> lines) => _names.Write(lines.Span);

    /// <summary>Adds a string on a line of its own, or a piece of one.</summary>
    public void Add(int group, ReadOnlySpan<byte> text, bool isLine = true)
    {
        var strings = (group == MaxGroups ? _rest : _groups[group]).Strings;
        if (!text.IsEmpty)
        {
            strings.Write(text);
            strings.Write(isLine && !isJoined ? "\n"u8 : []);
        }
    }

    /// <summary>Writes the names and all strings, a group after the other.</summary>
    public void WriteTo(ArrayBufferWriter<byte> strings)
    {
        strings.Write(_names.WrittenSpan);
        foreach (var (_, text) in All)
        {
            strings.Write(text.Span);
        }
    }

    // Bytes that were given as numbers need not be text.
    private static ReadOnlyMemory<byte> Valid(Group group) => System.Text.Unicode.Utf8.IsValid(group.Strings.WrittenSpan)
        ? group.Strings.WrittenMemory
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(group.Strings.WrittenSpan));

    private string NamesOf(Group group) => group.Parent > 0
        ? $"{NamesOf(_groups[group.Parent])}/{Encoding.UTF8.GetString(group.Name)}"
        : Encoding.UTF8.GetString(group.Name);

    private sealed record Group(int Parent, byte[] Name, ArrayBufferWriter<byte> Strings);
}
