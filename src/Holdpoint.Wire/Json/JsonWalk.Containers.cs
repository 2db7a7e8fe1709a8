using System.Buffers;
using System.Numerics;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>Begins the object whose start is the current token.</summary>
    public FieldSet BeginObject()
    {
        _depth++;
        return new FieldSet(Names());
    }

    /// <summary>Moves to the value of the object's next field.</summary>
    /// <param name="shape">The fields that the object may have.</param>
    /// <param name="fields">The set that <see cref="BeginObject"/> returned.</param>
    /// <param name="field">The field's index in the shape; -1 for a field that the shape allows but does not name.</param>
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
                && Fail(WireCause.MissingField, $"has no field '{shape.NameOf(BitOperations.TrailingZeroCount(missing))}'");
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
        return (isNew || Fail(WireCause.DuplicateField, "appears twice"))
            && (field >= 0 || shape.Others is not StringsRule || AddName(name))
            && Advance();
    }

    /// <summary>Begins the array whose start is the current token.</summary>
    public void BeginArray() => _steps[_depth++] = new Step { Start = -1, Length = -1 };

    /// <summary>Moves to the array's next item.</summary>
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

    /// <summary>The index of the current token's item in the innermost array.</summary>
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

    /// <summary>Records the field's name as the innermost step of the path.</summary>
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

    private Span<(int Start, int Length)> Names()
    {
        _names ??= ArrayPool<(int, int)>.Shared.Rent((_limits.MaxDepth + 2) * NameSet.LinearNames);
        return _names.AsSpan(_depth * NameSet.LinearNames, NameSet.LinearNames);
    }
}
