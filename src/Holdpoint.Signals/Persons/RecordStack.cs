using System.Collections.Immutable;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// The rows and objects that the text is in, and the links between identifiers of the same one: the i-th identifier of each kind in a
/// record belongs to its i-th person. An object in an object is part of the outer one; an object in a list is a record of its own.
/// </summary>
internal sealed class RecordStack(FindingsCollector findings)
{
    /// <summary>The maximum nesting of records that are kept apart; deeper ones count as part of the one above.</summary>
    private const int MaxDepth = 16;

    private const int Kinds = 10;

    /// <summary>
    /// The number of likely names that make each other names: 3. A project or a document that has a name has one or two of them.
    /// </summary>
    private const int FewestDoubtful = 3;

    private readonly List<(string Name, ByteRange? Range)> _doubtful = [];
    private bool _areNames;
    private readonly Record?[] _records = new Record?[MaxDepth];
    private int _depth;

    /// <summary>The raw offset of a name that is reported when its record ends, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom { get; private set; } = int.MaxValue;

    /// <summary>Whether only identifiers over a seam count, so that what joined texts show by chance must not be one.</summary>
    public bool SeesOnlySeams => findings.SeesOnlySeams;

    /// <summary>Adds an identifier to the record that the text is in.</summary>
    public void Add(IdentifierKind kind, ReadOnlySpan<char> canonical, ByteRange range)
    {
        var node = findings.AddMention(Identifier.Of(kind, canonical), range);
        if (node >= 0)
        {
            Place(node, kind);
        }
    }

    /// <summary>Adds a field of a name. A second field of the same sort is the next person's.</summary>
    public void AddName(FieldKind part, string value, ByteRange range)
    {
        var name = Innermost.Name;
        if (name.Has(part))
        {
            EndName();
        }

        name.Set(part, value, range);
        HoldFrom = Math.Min(HoldFrom, range.Start);
    }

    /// <summary>Reads the value of a name's field. A value that is too long to be read counts as a person all the same.</summary>
    public void ReadName(FoldedText text, FieldKind part, int from, int to)
    {
        if (to - from > PersonName.MaxChars || from < text.Oldest)
        {
            AddUnreadableName(text, to - 1, to);
        }
        else if (to > from && PersonName.Read(text.Slice(from, to)) is { } name)
        {
            AddName(part, name, text.RangeOf(from, to));
        }
    }

    /// <summary>The doubtful names that wait for more of their sort, so that the next text can go on counting.</summary>
    public ImmutableArray<string> Doubtful =>
        _areNames ? [.. Enumerable.Repeat("", FewestDoubtful)] : _doubtful.Count == 0 ? [] : [.. _doubtful.Select(static d => d.Name)];

    /// <summary>Goes on counting where an earlier text ended.</summary>
    public void Resume(ImmutableArray<string> doubtful)
    {
        _areNames = doubtful.Length >= FewestDoubtful;
        _doubtful.AddRange(_areNames ? [] : doubtful.Select(static name => (name, (ByteRange?)null)));
    }

    /// <summary>
    /// Adds a name of which only its field says that it is one, where fields of that sort often hold names of things: it counts once three
    /// different values look like people, each of them two words or more.
    /// </summary>
    public void AddDoubtfulName(FoldedText text, FieldKind part, int from, int to)
    {
        if (to - from is <= 0 or > PersonName.MaxChars || from < text.Oldest
            || !PersonName.IsLikely(text.Slice(from, to), mayBeLower: false, part == FieldKind.FullName ? 2 : 1)
            || PersonName.Read(text.Slice(from, to)) is not { } name)
        {
            return;
        }

        var range = text.RangeOf(from, to);
        if (!_areNames && !_doubtful.Exists(d => d.Name == name))
        {
            _doubtful.Add((name, range));
            _areNames = _doubtful.Count == FewestDoubtful;
        }
        else if (_areNames)
        {
            AddName(part, name, range);
        }

        if (_areNames && _doubtful.Count > 0)
        {
            foreach (var waiting in _doubtful)
            {
                Add(IdentifierKind.Name, waiting.Name, waiting.Range ?? range);
            }

            _doubtful.Clear();
        }
    }

    /// <summary>Forgets the name of a line that turned out to be no row.</summary>
    public void DropName()
    {
        if (_records[_depth]?.Name is { IsEmpty: false } name)
        {
            name.Clear();
            HoldAgain();
        }
    }

    /// <summary>Adds a name that is there but cannot be read, as a person like no other.</summary>
    public void AddUnreadableName(FoldedText text, int from, int to)
    {
        var range = text.RangeOf(from, to);
        Add(IdentifierKind.Name, $"#{range.Start}", range);
    }

    /// <summary>Reads the value of a field that holds a passport's number: six to nine letters and digits, some of them digits.</summary>
    public void ReadPassport(FoldedText text, int from, int to)
    {
        Span<char> number = stackalloc char[to - from];
        var length = 0;
        foreach (var c in text.Slice(from, to))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                number[length++] = char.ToUpperInvariant(c);
            }
        }

        if (length is >= 6 and <= 9 && number[..length].ContainsAnyInRange('0', '9'))
        {
            Add(IdentifierKind.Passport, number[..length], text.RangeOf(from, to));
        }
    }

    /// <summary>Adds a latitude or longitude from a field of that name; both together are a location.</summary>
    public void AddCoordinate(FieldKind kind, string value, ByteRange range)
    {
        var record = Innermost;
        if (record.Coordinate is { } other && other.Kind != kind)
        {
            var (latitude, longitude) = kind == FieldKind.Latitude ? (value, other.Value) : (other.Value, value);
            var both = new ByteRange(Math.Min(range.Start, other.Range.Start), Math.Max(range.End, other.Range.End));
            Add(IdentifierKind.Coordinates, $"{latitude},{longitude}", both);
            record.Coordinate = null;
        }
        else
        {
            record.Coordinate = (kind, value, range);
        }
    }

    /// <summary>Ends the name in a row of a table, whose record may continue.</summary>
    public void EndName()
    {
        if (_records[_depth]?.Name is not { IsEmpty: false } name)
        {
            return;
        }

        var node = findings.AddMention(Identifier.Of(IdentifierKind.Name, name.Canonical()), name.Ranges().ToArray());
        if (node >= 0)
        {
            Place(node, IdentifierKind.Name);
        }

        name.Clear();
        HoldAgain();
    }

    private void HoldAgain() =>
        HoldFrom = _records.AsSpan(0, _depth + 1).ToArray().Min(static r => r?.Name.Start ?? int.MaxValue);

    /// <summary>Opens a record inside the current one; <see langword="false"/> when it is too deep to be kept apart.</summary>
    public bool Open()
    {
        if (_depth == MaxDepth - 1)
        {
            return false;
        }

        _depth++;
        return true;
    }

    /// <summary>Closes the innermost record.</summary>
    public void Close()
    {
        End();
        _depth--;
    }

    /// <summary>Ends the innermost record and begins the next of its level: a line end.</summary>
    public void End()
    {
        if (_records[_depth] is not { } record)
        {
            return;
        }

        EndName();
        record.Coordinate = null;
        if (record.Serial == 0)
        {
            return;
        }

        var persons = 0;
        foreach (var nodes in record.Nodes)
        {
            persons = Math.Max(persons, nodes.Count);
            nodes.Clear();
        }

        record.Serial = 0;
        findings.AddRecords(persons);
    }

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete()
    {
        while (_depth > 0)
        {
            Close();
        }

        End();
        _doubtful.Clear();
        _areNames = false;
    }

    // Made when first needed: most texts have none, and no text has many inside each other.
    private Record Innermost => _records[_depth] ??= new();

    private void Place(int node, IdentifierKind kind)
    {
        var record = Innermost;
        record.Serial = record.Serial == 0 ? findings.NextRecord() : record.Serial;
        if (!findings.IsFirstIn(record.Serial, node))
        {
            return; // the same identifier again in this record is not a further person
        }

        var place = record.Nodes[(int)kind].Count;
        record.Nodes[(int)kind].Add(node);
        for (var other = 0; other < Kinds; other++)
        {
            if (other != (int)kind && place < record.Nodes[other].Count)
            {
                findings.Link(record.Nodes[other][place], node);
            }
        }
    }

    private sealed class Record
    {
        public List<int>[] Nodes { get; } = [.. Enumerable.Range(0, Kinds).Select(static _ => new List<int>())];

        public PersonName Name { get; } = new();

        public (FieldKind Kind, string Value, ByteRange Range)? Coordinate { get; set; }

        /// <summary>The number of the record among all of the text, 0 until the record has an identifier.</summary>
        public int Serial { get; set; }
    }
}
