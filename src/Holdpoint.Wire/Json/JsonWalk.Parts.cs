using System.Collections.Immutable;
using System.Text;

namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>Adds a part at the current path. An empty part is left out.</summary>
    public bool Add(PartKind kind, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        if (Harvest.Parts.Count >= _limits.MaxParts)
        {
            return Fail(WireCause.TooManyParts, $"is one part more than the {_limits.MaxParts} that are read");
        }

        Harvest.Parts.Add(new Part(Path(), kind, bytes));
        return true;
    }

    /// <summary>Adds the text of a file at the current path, with the file's own bytes.</summary>
    public bool AddFile(ReadOnlyMemory<byte> text, ReadOnlyMemory<byte> file)
    {
        if (!Add(PartKind.Text, text))
        {
            return false;
        }

        Harvest.Parts[^1] = Harvest.Parts[^1] with { File = file };
        return true;
    }

    /// <summary>Adds the string at the current token as a text part.</summary>
    public bool AddText() => TryText(out var text) && Add(PartKind.Text, text);

    /// <summary>
    /// Notes a value at the current path that only the provider can read. An empty value is left out. There are no more of them than parts.
    /// </summary>
    public bool AddOpaqueValue(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
        {
            return true;
        }

        var values = Harvest.OpaqueValues ??= ImmutableArray.CreateBuilder<OpaqueValue>(4);
        if (values.Count >= _limits.MaxParts)
        {
            return Fail(WireCause.TooManyParts, $"is one part more than the {_limits.MaxParts} that are read");
        }

        values.Add(new OpaqueValue(Path(), value));
        return true;
    }

    /// <summary>
    /// Notes the string of a field of the object whose start is the current token, without moving; nothing where there is none.
    /// </summary>
    public bool NoteField(string name)
    {
        if (Peek(Encoding.UTF8.GetBytes(name)) is not { Length: > 0 } value)
        {
            return true;
        }

        (Harvest.OpaqueValues ??= ImmutableArray.CreateBuilder<OpaqueValue>(4)).Add(
            new OpaqueValue($"{Path()}/{name}", Encoding.UTF8.GetBytes(value)));
        return true;
    }

    /// <summary>Adds a token that stands around content, unless it is plain, or the answer has said it before.</summary>
    public bool AddMark(ReadOnlySpan<byte> token) => PlainTokens.IsPlain(token) || Harvest.HasSeen(token) || AddMark(token, Path());

    /// <summary>Whether a token says something that this answer has not said before; it is then remembered.</summary>
    public readonly bool IsNews(ReadOnlySpan<byte> token)
    {
        if (PlainTokens.IsKnownName(token) || Harvest.HasSeen(token))
        {
            return false;
        }

        Harvest.See(token);
        return true;
    }

    /// <summary>Adds the name of the current field, in the object that has it, unless the name says nothing or was said before.</summary>
    public bool AddName(ReadOnlySpan<byte> name)
    {
        if (PlainTokens.IsKnownName(name) || Harvest.HasSeen(name))
        {
            return true;
        }

        var path = Path();
        return AddMark(name, path[..path.LastIndexOf('/')]);
    }

    private bool AddMark(ReadOnlySpan<byte> word, string path)
    {
        if (Harvest.Marks.Count >= _limits.MaxParts)
        {
            return Fail(WireCause.TooManyParts, $"is one part more than the {_limits.MaxParts} that are read");
        }

        Harvest.Marks.Add(new Part(path, PartKind.Text, Harvest.See(word)));
        return true;
    }

    /// <summary>Adds a part at a place that the walk has passed. An empty part is left out.</summary>
    public bool AddAt(string path, PartKind kind, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        if (Harvest.Parts.Count >= _limits.MaxParts)
        {
            return FailAt(path, WireCause.TooManyParts, $"is one part more than the {_limits.MaxParts} that are read");
        }

        Harvest.Parts.Add(new Part(path, kind, bytes));
        return true;
    }
}
