using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Holdpoint.Wire.Json;

/// <summary>
/// One strict pass over a JSON body. It refuses what two readers could understand differently (invalid UTF-8, duplicate names, half
/// surrogate pairs, comments, trailing data) and what is too deep or too much, and knows at each place the path to it. Text without
/// escapes is a slice of the body. A <see cref="Rule"/> says what each value is.
/// </summary>
internal ref partial struct JsonWalk
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly WireLimits _limits;
    private readonly ContentBuffer? _buffer;
    private readonly Step[] _steps;
    private Utf8JsonReader _json;
    private (int Start, int Length)[]? _names;
    private int _depth;

    private JsonWalk(ReadOnlyMemory<byte> body, WireLimits limits, ContentBuffer? buffer, Harvest harvest)
    {
        _body = body;
        _limits = limits;
        _buffer = buffer;
        _steps = ArrayPool<Step>.Shared.Rent(limits.MaxDepth + 1);
        Harvest = harvest;

        // One level more than we allow, so that the refusal is ours and says so.
        _json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
    }

    public Harvest Harvest { get; }

    public Fault? Fault { get; private set; }

    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>Reads a whole body by one rule.</summary>
    /// <returns>Null, or the first fault in body order. Never throws, whatever the bytes are.</returns>
    public static Fault? Read(ReadOnlyMemory<byte> body, Rule rule, Harvest harvest, WireLimits limits, ContentBuffer? buffer)
    {
        // The JSON reader leaves strings unchecked until they are decoded, and most never are; this check is vectorised.
        if (!Utf8.IsValid(body.Span))
        {
            return new Fault(400, WireCause.InvalidUtf8, "", "The body is not valid UTF-8.");
        }

        var walk = new JsonWalk(body, limits, buffer, harvest);
        try
        {
            if (walk.Advance() && rule.Read(ref walk))
            {
                walk._json.Read();   // throws when anything but white space follows
            }

            return walk.Fault;
        }
        catch (JsonException)
        {
            // The only way in which the platform's reader reports bad syntax.
            return new Fault(400, WireCause.InvalidJson, "", $"The body is not valid JSON: see byte {walk._json.BytesConsumed}.");
        }
        finally
        {
            walk.Return();
        }
    }

    /// <summary>Goes to the next token.</summary>
    public bool Advance()
    {
        if (!_json.Read())
        {
            return false;
        }

        return _json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || _json.CurrentDepth < _limits.MaxDepth
            || Fail(WireCause.TooDeep, $"is nested deeper than {_limits.MaxDepth} levels");
    }

    /// <summary>Ends the walk with a fault at the present path.</summary>
    /// <returns>Always false, so that a rule can return it.</returns>
    public bool Fail(string cause, string why)
    {
        var path = Path();
        Fault ??= new Fault(400, cause, path, path.Length == 0 ? $"The body {why}." : $"{path} {why}.");
        return false;
    }

    /// <summary>Ends the walk with a fault at a place passed before.</summary>
    public bool FailAt(string path, string cause, string why)
    {
        Fault ??= new Fault(400, cause, path, $"{path} {why}.");
        return false;
    }

    /// <summary>Ends the walk because the value is of a kind that does not belong here.</summary>
    public bool FailKind(string wanted) => Fail(WireCause.InvalidField, $"must be {wanted}");

    /// <summary>Begins the object at whose start the walk stands.</summary>
    public FieldSet BeginObject()
    {
        _depth++;
        return new FieldSet(Names());
    }

    /// <summary>Goes to the value of the object's next field.</summary>
    /// <param name="shape">What the object may have.</param>
    /// <param name="fields">What <see cref="BeginObject"/> gave.</param>
    /// <param name="field">Index of the field in the shape; -1 for another one, which the shape allows.</param>
    /// <returns>False at the object's end, and on a fault.</returns>
    public bool NextField(Shape shape, scoped ref FieldSet fields, out int field)
    {
        field = -1;
        if (!Advance())
        {
            return false;
        }

        if (Token == JsonTokenType.EndObject)
        {
            _depth--;
            var missing = shape.Required & ~fields.Seen;
            return missing != 0
                && Fail(WireCause.MissingField, $"has no field '{shape.NameOf(System.Numerics.BitOperations.TrailingZeroCount(missing))}'");
        }

        if (!ReadName(out var name))
        {
            return false;
        }

        field = shape.IndexOf(name);
        if (field < 0 && shape.Others is null)
        {
            return Fail(WireCause.UnknownField, "is a field that this gateway does not know");
        }

        var step = _steps[_depth - 1];
        var isNew = field < 0
            ? fields.Others.Add(_body.Span, step.Start, step.Length, name, step.Escaped)
            : (fields.Seen & (1UL << field)) == 0;
        fields.Seen |= field < 0 ? 0 : 1UL << field;
        return (isNew || Fail(WireCause.DuplicateField, "appears twice")) && Advance();
    }

    /// <summary>Begins the array at whose start the walk stands.</summary>
    public void BeginArray() => _steps[_depth++] = new Step { Start = -1, Length = -1 };

    /// <summary>Goes to the array's next item.</summary>
    /// <returns>False at the array's end, and on a fault.</returns>
    public bool NextItem()
    {
        if (!Advance())
        {
            return false;
        }

        if (Token == JsonTokenType.EndArray)
        {
            _depth--;
            return false;
        }

        _steps[_depth - 1].Length++;
        return true;
    }

    /// <summary>Index of the item of the innermost array or object at which the walk stands.</summary>
    public readonly int ItemIndex => _steps[_depth - 1].Length;

    /// <summary>Reads an object whose fields each have a rule.</summary>
    public bool ReadObject(Shape shape)
    {
        if (Token != JsonTokenType.StartObject)
        {
            return FailKind("an object");
        }

        var fields = BeginObject();
        while (NextField(shape, ref fields, out var field))
        {
            if (!(field < 0 ? shape.Others! : shape[field]).Read(ref this))
            {
                return false;
            }
        }

        return Fault is null;
    }

    /// <summary>The decoded text of the string at which the walk stands: a slice of the body where nothing needed decoding.</summary>
    public bool TryText(out ReadOnlyMemory<byte> text)
    {
        text = _body.Slice((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);
        return !_json.ValueIsEscaped || TryDecode(text, out text);
    }

    /// <summary>The decoded name of the field at whose value the walk stands.</summary>
    public readonly ReadOnlyMemory<byte> NameText()
    {
        var step = _steps[_depth - 1];
        var name = _body.Slice(step.Start, step.Length);
        if (!step.Escaped)
        {
            return name;
        }

        var decoded = new byte[step.Length];
        EscapedText.TryDecode(name.Span, decoded, out var written);
        return decoded.AsMemory(0, written);
    }

    /// <summary>The name of the field at whose value the walk stands, as a step of a path.</summary>
    public readonly string LastName()
    {
        var path = Path();
        return path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The number at which the walk stands.</summary>
    public readonly bool TryInt32(out int number) => _json.TryGetInt32(out number);

    /// <summary>Reads any value without taking anything from it.</summary>
    /// <param name="raw">Its JSON text, a slice of the body.</param>
    public bool Check(out ReadOnlyMemory<byte> raw)
    {
        var start = (int)_json.TokenStartIndex;
        raw = default;
        if (!Pass(strings: null, withNames: false, except: null))
        {
            return false;
        }

        raw = _body[start..(int)_json.BytesConsumed];
        return true;
    }

    /// <summary>JSON text with every escape decoded: no longer JSON, but nothing in it is hidden from one who searches it.</summary>
    public bool TryReveal(ReadOnlyMemory<byte> raw, out ReadOnlyMemory<byte> revealed)
    {
        revealed = raw;
        return raw.Span.IndexOf((byte)'\\') < 0 || TryDecode(raw, out revealed);
    }

    /// <summary>Reads any value and appends each string in it, on a line of its own.</summary>
    /// <param name="strings">Where they go.</param>
    /// <param name="withNames">Whether names of nested fields count as strings.</param>
    /// <param name="except">Strings that are left out; null for none.</param>
    public bool Gather(ArrayBufferWriter<byte> strings, bool withNames, SentStrings? except = null) => Pass(strings, withNames, except);

    /// <summary>Adds a part at the present path. An empty one carries nothing and is left out.</summary>
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

    /// <summary>Adds the string at which the walk stands as a text part.</summary>
    public bool AddText() => TryText(out var text) && Add(PartKind.Text, text);

    /// <summary>Room for bytes that live as long as the call.</summary>
    public readonly Memory<byte> Take(int length) => _buffer?.Take(length) ?? new byte[length];

    /// <summary>Where the present token begins in the body.</summary>
    public readonly int Position => (int)_json.TokenStartIndex;

    /// <summary>The body's own bytes from a position to the end of the present token.</summary>
    public readonly ReadOnlyMemory<byte> Since(int position) => _body[position..(int)_json.BytesConsumed];

    /// <summary>How many tool definitions may be read.</summary>
    public readonly int MaxTools => _limits.MaxTools;

    private bool TryDecode(ReadOnlyMemory<byte> raw, out ReadOnlyMemory<byte> decoded)
    {
        var target = Take(raw.Length);
        var whole = EscapedText.TryDecode(raw.Span, target.Span, out var written);
        _buffer?.GiveBack(raw.Length - written);
        decoded = target[..written];
        return whole || Fail(WireCause.InvalidUtf8, "has an escape that is half of a surrogate pair");
    }

    /// <summary>Notes the field's name as the innermost step of the path.</summary>
    private bool ReadName(out ReadOnlySpan<byte> name)
    {
        var start = (int)_json.TokenStartIndex + 1;
        var length = _json.ValueSpan.Length;
        _steps[_depth - 1] = new Step { Start = start, Length = length, Escaped = _json.ValueIsEscaped };
        name = _json.ValueSpan;
        if (!_json.ValueIsEscaped)
        {
            return true;
        }

        var decoded = new byte[length];
        var whole = EscapedText.TryDecode(name, decoded, out var written);
        name = decoded.AsSpan(0, written);
        return whole || Fail(WireCause.InvalidUtf8, "has an escape that is half of a surrogate pair");
    }

    private bool Pass(ArrayBufferWriter<byte>? strings, bool withNames, SentStrings? except)
    {
        switch (Token)
        {
            case JsonTokenType.StartObject:
                return PassObject(strings, withNames, except);

            case JsonTokenType.StartArray:
                BeginArray();
                while (NextItem())
                {
                    if (!Pass(strings, withNames, except))
                    {
                        return false;
                    }
                }

                return Fault is null;

            case JsonTokenType.String when strings is not null || _json.ValueIsEscaped:
                if (!TryText(out var text))
                {
                    return false;
                }

                Append(strings, text.Span, except);
                GiveBackDecoded(text.Length);
                return true;

            default:
                return true;
        }
    }

    private bool PassObject(ArrayBufferWriter<byte>? strings, bool withNames, SentStrings? except)
    {
        _depth++;
        var names = new NameSet(Names());
        while (Advance())
        {
            if (Token == JsonTokenType.EndObject)
            {
                _depth--;
                return true;
            }

            if (!ReadName(out var name))
            {
                return false;
            }

            var step = _steps[_depth - 1];
            if (!names.Add(_body.Span, step.Start, step.Length, name, step.Escaped))
            {
                return Fail(WireCause.DuplicateField, "appears twice");
            }

            Append(withNames ? strings : null, name, except);
            if (!Advance() || !Pass(strings, withNames, except))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Returns the room of the string just decoded, when only its validity or a copy of it was wanted.</summary>
    private readonly void GiveBackDecoded(int length)
    {
        if (_json.ValueIsEscaped)
        {
            _buffer?.GiveBack(length);
        }
    }

    private static void Append(ArrayBufferWriter<byte>? strings, scoped ReadOnlySpan<byte> text, SentStrings? except)
    {
        if (strings is null || text.IsEmpty || except?.Contains(text) == true)
        {
            return;
        }

        strings.Write(text);
        strings.Write("\n"u8);
    }

    private Span<(int Start, int Length)> Names()
    {
        _names ??= ArrayPool<(int, int)>.Shared.Rent((_limits.MaxDepth + 2) * NameSet.LinearNames);
        return _names.AsSpan(_depth * NameSet.LinearNames, NameSet.LinearNames);
    }

    private void Return()
    {
        ArrayPool<Step>.Shared.Return(_steps);
        if (_names is not null)
        {
            ArrayPool<(int, int)>.Shared.Return(_names);
        }
    }

    /// <summary>One step of the path: the name at a place of the body, or (with a negative start) an index, in <see cref="Length"/>.</summary>
    private struct Step
    {
        public int Start;
        public int Length;
        public bool Escaped;
    }
}

/// <summary>Which fields of one object were seen.</summary>
internal ref struct FieldSet(Span<(int Start, int Length)> names)
{
    public ulong Seen;
    public NameSet Others = new(names);
}
