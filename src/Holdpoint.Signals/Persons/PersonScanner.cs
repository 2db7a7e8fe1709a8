using System.Buffers;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>Runs one layer of folded text past the scanners for identifiers, fields and tables.</summary>
internal sealed class PersonScanner
{
    /// <summary>
    /// The maximum number of raw bytes that a stream keeps back for an identifier that may still grow: three times the longest e-mail
    /// address.
    /// </summary>
    public const int MaxHeldBytes = 1024;

    // The chars between two events of a record or a table are few, and of prose many: look at so many one by one, then in vectors.
    private const int MaxOneByOne = 8;

    private const string Structure = "\"':{}[],;|\t\n<>=";
    private static readonly SearchValues<char> Events =
        SearchValues.Create("0123456789@()\u00B0" + IdeographicNumberScanner.Digits + Structure);
    private static readonly Role[] Roles = RolesOfAscii();
    private readonly RecordStack _records;
    private readonly EmailScanner _emails;
    private readonly NumberPatterns _patterns;
    private readonly NumberScanner _numbers;
    private readonly CoordinateScanner _coordinates;
    private readonly IbanScanner _ibans;
    private readonly FieldScanner _fields;
    private readonly TableScanner _tables;
    private readonly MarkupScanner _markup;
    private readonly InsertScanner _inserts;
    private readonly DegreeScanner _degrees;
    private readonly IdeographicNumberScanner _ideographs;

    public PersonScanner(FindingsCollector findings)
    {
        _records = new(findings);
        _emails = new(_records);
        _patterns = new(_records);
        _numbers = new(_patterns);
        _coordinates = new(_records);
        _ibans = new(_records);
        _fields = new(_records);
        _tables = new(_records);
        _markup = new(_records);
        _inserts = new(_records);
        _degrees = new(_records);
        _ideographs = new(_records);
    }

    /// <summary>
    /// The raw offset from which the text may still become part of an identifier, at most <see cref="MaxHeldBytes"/> back.
    /// </summary>
    public int HoldFrom(FoldedText text)
    {
        if (text.End == 0)
        {
            return int.MaxValue;
        }

        return Math.Max(Math.Min(OpenFrom(text), _records.HoldFrom), text.RangeOf(text.End - 1, text.End).End - MaxHeldBytes);
    }

    /// <summary>The same without regard to names, as far back as it may be, and from a plus sign that a number may follow.</summary>
    public int OpenFrom(FoldedText text)
    {
        if (text.End == 0)
        {
            return int.MaxValue;
        }

        var last = text.End - 1;
        var plus = text[last] == '+' && !IsAddition(text, last) ? text.StartOf(last) : int.MaxValue;
        return Math.Min(
            Math.Min(plus, Math.Min(_emails.HoldFrom(text), _numbers.HoldFrom(text))),
            Math.Min(
                Math.Min(_coordinates.HoldFrom(text), _ibans.HoldFrom(text)),
                Math.Min(_degrees.HoldFrom(text), _ideographs.HoldFrom(text))));
    }

    /// <summary>The table that was open when the last text ended, if any.</summary>
    public OpenTable? OpenTable => _tables.Open;

    /// <summary>The next text begins within that table, or within a line behind which it goes on.</summary>
    public void Resume(OpenTable table, bool isInLine)
    {
        if (isInLine)
        {
            _tables.ResumeAfterLine(table);
        }
        else
        {
            _tables.Resume(table);
        }
    }

    public void Scan(FoldedText text, int from, int to)
    {
        for (var position = from; position < to; position++)
        {
            if (_emails.IsIdle && _numbers.IsIdle && _coordinates.IsIdle && _ibans.IsIdle && _degrees.IsIdle && _ideographs.IsIdle)
            {
                var skipped = NextEvent(text.Slice(position, to));
                if (skipped < 0)
                {
                    return;
                }

                position += skipped;
            }

            Push(text, text[position], position);
        }
    }

    /// <summary>Ends the text and everything open in it, and prepares for the next.</summary>
    public void Complete(FoldedText text)
    {
        var field = Field;
        _emails.Complete(text);
        _numbers.Complete(text, field);
        _coordinates.Complete(text, field);
        _ibans.Complete(text);
        _fields.Complete(text);
        _tables.Complete(text);
        _markup.Complete(text);
        _inserts.Complete();
        _degrees.Complete(text);
        _ideographs.Complete(text);
        _records.Complete();
        _patterns.Complete();
    }

    private FieldKind Field => _fields.Current != FieldKind.None ? _fields.Current
        : _tables.Current != FieldKind.None ? _tables.Current
        : _markup.Current != FieldKind.None ? _markup.Current
        : _inserts.Current;

    private void Push(FoldedText text, char c, int position)
    {
        // Identifiers first: the separator that ends one may end its field and its record too.
        var role = c < Roles.Length ? Roles[c] : Role.Other;
        if (role == Role.At || !_emails.IsIdle || c is ']' or ')' or '}')
        {
            _emails.Push(text, c, position);
        }

        if (role == Role.Digit || !_numbers.IsIdle || !_coordinates.IsIdle || !_ibans.IsIdle)
        {
            var field = Field;
            _numbers.Push(text, c, position, field);
            _coordinates.Push(text, c, position, field);
            _ibans.Push(text, c, position);
        }

        if (c >= Roles.Length || !_degrees.IsIdle || !_ideographs.IsIdle)
        {
            _degrees.Push(text, c, position);
            _ideographs.Push(text, c, position);
        }

        if (role == Role.Parenthesis)
        {
            _inserts.Push(text, c, position);
        }
        else if (role == Role.Structure)
        {
            _fields.Push(text, c, position);
            _tables.Push(text, c, position);
            _inserts.Push(text, c, position);
            _markup.Push(text, c, position);
            if (c == '\n')
            {
                EndLine();
            }
        }
    }

    private void EndLine()
    {
        if (!_fields.IsInObject && !_fields.IsFormLine)
        {
            _records.End();
        }

        _fields.EndLine();
    }

    private static bool IsAddition(FoldedText text, int plus)
    {
        var before = text.Slice(Math.Max(text.Oldest, plus - 4), plus).TrimEnd(' ');
        return !before.IsEmpty && (char.IsDigit(before[^1]) || before[^1] == ')');
    }

    private static int NextEvent(ReadOnlySpan<char> text)
    {
        var near = Math.Min(text.Length, MaxOneByOne);
        for (var index = 0; index < near; index++)
        {
            var c = text[index];
            if (c < Roles.Length ? Roles[c] != Role.Other : c == '\u00B0' || (c >= '\u3007' && Events.Contains(c)))
            {
                return index;
            }
        }

        return text[near..].IndexOfAny(Events) is >= 0 and var far ? near + far : -1;
    }

    private static Role[] RolesOfAscii()
    {
        var roles = new Role[128];
        foreach (var c in Structure)
        {
            roles[c] = Role.Structure;
        }

        roles.AsSpan('0', 10).Fill(Role.Digit);
        roles['@'] = Role.At;
        roles['('] = Role.Parenthesis;
        roles[')'] = Role.Parenthesis;
        return roles;
    }

    // Of a char, what it can begin or end.
    private enum Role : byte
    {
        Other,
        Digit,
        At,
        Parenthesis,
        Structure,
    }
}
