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

    private static readonly SearchValues<char> Events = SearchValues.Create("0123456789@\"':{}[],;|\t\n");
    private readonly RecordStack _records;
    private readonly EmailScanner _emails;
    private readonly NumberPatterns _patterns;
    private readonly NumberScanner _numbers;
    private readonly CoordinateScanner _coordinates;
    private readonly IbanScanner _ibans;
    private readonly FieldScanner _fields;
    private readonly TableScanner _tables;

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

        var from = Math.Min(_emails.HoldFrom(text), _numbers.HoldFrom(text));
        from = Math.Min(from, Math.Min(_coordinates.HoldFrom(text), _ibans.HoldFrom(text)));
        return Math.Max(Math.Min(from, _records.HoldFrom), text.RangeOf(text.End - 1, text.End).End - MaxHeldBytes);
    }

    public void Scan(FoldedText text, int from, int to)
    {
        for (var position = from; position < to; position++)
        {
            if (_emails.IsIdle && _numbers.IsIdle && _coordinates.IsIdle && _ibans.IsIdle)
            {
                var skipped = text.Slice(position, to).IndexOfAny(Events);
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
        _records.Complete();
        _patterns.Complete();
    }

    private FieldKind Field => _fields.Current != FieldKind.None ? _fields.Current : _tables.Current;

    private void Push(FoldedText text, char c, int position)
    {
        // Identifiers first: the separator that ends one may end its field and its record too.
        _emails.Push(text, c, position);
        if (!_numbers.IsIdle || !_coordinates.IsIdle || !_ibans.IsIdle || char.IsAsciiDigit(c))
        {
            var field = Field;
            _numbers.Push(text, c, position, field);
            _coordinates.Push(text, c, position, field);
            _ibans.Push(text, c, position);
        }

        if (!char.IsLetterOrDigit(c) && Events.Contains(c))
        {
            _fields.Push(text, c, position);
            _tables.Push(text, c, position);
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
}
