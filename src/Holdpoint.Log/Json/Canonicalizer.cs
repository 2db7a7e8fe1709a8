using System.Diagnostics;
using System.Text.Json;
using System.Text.Unicode;

namespace Holdpoint.Log.Json;

/// <summary>
/// One canonicalization (RFC 8785): reads tokens once and writes them as they come; an object whose members arrive out of order is put in
/// order in place when it ends. Members that come sorted, as our own records' do, cost no more than a copy.
/// </summary>
internal ref struct Canonicalizer
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly bool _integersOnly;
    private Utf8JsonReader _reader;
    private PooledBuffer<byte> _out;
    private PooledBuffer<byte> _names;      // unescaped names of the objects that are open, for comparing
    private PooledBuffer<Member> _members;  // members of the objects that are open

    public Canonicalizer(ReadOnlySpan<byte> json, bool integersOnly)
    {
        _json = json;
        _integersOnly = integersOnly;
        _reader = new(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        _out = new(Math.Max(json.Length, 64));
        _names = new(256);
        _members = new(32);
    }

    /// <summary>The canonical form, once <see cref="Run"/> found no fault; pooled, so gone after <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<byte> Written => _out.Written;

    /// <summary>Null, or why the text has no canonical form. Called once.</summary>
    public string? Run()
    {
        // The reader looks at UTF-8 only where it unescapes.
        if (!Utf8.IsValid(_json))
        {
            return "not valid UTF-8";
        }

        try
        {
            _reader.Read();
            Value();
            _reader.Read(); // throws where something follows the value
            return null;
        }
        catch (NotCanonicalException e)
        {
            return e.Message;
        }
        catch (JsonException)
        {
            // The framework's own message can quote the input.
            return $"not JSON, or nested deeper than {CanonicalJson.MaxDepth}, at byte {_reader.BytesConsumed}";
        }
    }

    public readonly void Dispose()
    {
        _out.Dispose();
        _names.Dispose();
        _members.Dispose();
    }

    private void Value()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object();
                break;
            case JsonTokenType.StartArray:
                Array();
                break;
            case JsonTokenType.String:
                String();
                break;
            case JsonTokenType.Number:
                Number();
                break;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                _out.Add(_reader.ValueSpan);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Array()
    {
        _out.Add((byte)'[');
        var first = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                _out.Add((byte)',');
            }

            first = false;
            Value();
        }

        _out.Add((byte)']');
    }

    private void Object()
    {
        _out.Add((byte)'{');
        var body = _out.Length;
        var firstMember = _members.Length;
        var firstName = _names.Length;
        var sorted = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            if (_members.Length > firstMember)
            {
                _out.Add((byte)',');
            }

            var start = _out.Length;
            var name = Name();
            _out.Add((byte)':');
            _reader.Read();
            Value();

            // The value's own members are gone again, so the last one is this object's.
            if (_members.Length > firstMember)
            {
                sorted &= MemberOrder.Compare(NameOf(_members.Written[^1]), _names.Written[name]) < 0;
            }

            var (nameStart, nameLength) = name.GetOffsetAndLength(_names.Length);
            _members.Add(new Member(nameStart, nameLength, start, _out.Length - start));
        }

        if (!sorted)
        {
            Sort(body, firstMember);
        }

        _members.TruncateTo(firstMember);
        _names.TruncateTo(firstName);
        _out.Add((byte)'}');
    }

    private void Sort(int body, int firstMember)
    {
        var members = _members.Written[firstMember..];
        members.Sort(new MemberOrder(_names.Array));
        for (var i = 1; i < members.Length; i++)
        {
            if (NameOf(members[i - 1]).SequenceEqual(NameOf(members[i])))
            {
                throw new NotCanonicalException("an object has two members of the same name");
            }
        }

        var end = _out.Length;
        foreach (var member in members)
        {
            // Behind the old body first, each with a comma before it; then the old body is overwritten.
            _out.Add((byte)',');
            var room = _out.Reserve(member.Length);
            _out.Array.AsSpan(member.Start, member.Length).CopyTo(room);
            _out.Advance(member.Length);
        }

        _out.Written[(end + 1)..].CopyTo(_out.Written[body..]);
        _out.TruncateTo(end);
    }

    /// <summary>Writes the member's name; returns where its unescaped form lies.</summary>
    private Range Name()
    {
        var start = _names.Length;
        if (_reader.ValueIsEscaped)
        {
            _names.Advance(Unescape(_names.Reserve(_reader.ValueSpan.Length)));
            Escaped(_names.Written[start..]);
        }
        else
        {
            _names.Add(_reader.ValueSpan);
            Verbatim(_reader.ValueSpan);
        }

        return start.._names.Length;
    }

    private readonly ReadOnlySpan<byte> NameOf(Member member) => _names.Written.Slice(member.NameStart, member.NameLength);

    private void String()
    {
        if (!_reader.ValueIsEscaped)
        {
            Verbatim(_reader.ValueSpan);
            return;
        }

        var start = _names.Length;
        _names.Advance(Unescape(_names.Reserve(_reader.ValueSpan.Length)));
        Escaped(_names.Written[start..]);
        _names.TruncateTo(start);
    }

    private readonly int Unescape(Span<byte> destination)
    {
        try
        {
            return _reader.CopyString(destination);
        }
        catch (InvalidOperationException)
        {
            throw new NotCanonicalException("a string has half of a surrogate pair");
        }
    }

    /// <summary>A string that came without escapes needs none: JSON allows it no control character, quote or backslash.</summary>
    private void Verbatim(ReadOnlySpan<byte> value)
    {
        _out.Add((byte)'"');
        _out.Add(value);
        _out.Add((byte)'"');
    }

    /// <summary>RFC 8785 §3.2.2.2: two-character escapes where JSON has one, lower-case \u00xx for other controls, no others.</summary>
    private void Escaped(ReadOnlySpan<byte> value)
    {
        _out.Add((byte)'"');
        foreach (var b in value)
        {
            switch (b)
            {
                case (byte)'"' or (byte)'\\':
                    _out.Add([(byte)'\\', b]);
                    break;
                case >= 0x20:
                    _out.Add(b);
                    break;
                case 0x08:
                    _out.Add("\\b"u8);
                    break;
                case 0x09:
                    _out.Add("\\t"u8);
                    break;
                case 0x0a:
                    _out.Add("\\n"u8);
                    break;
                case 0x0c:
                    _out.Add("\\f"u8);
                    break;
                case 0x0d:
                    _out.Add("\\r"u8);
                    break;
                default:
                    _out.Add("\\u00"u8);
                    _out.Add([(byte)('0' + (b >> 4)), "0123456789abcdef"u8[b & 0xf]]);
                    break;
            }
        }

        _out.Add((byte)'"');
    }

    private void Number()
    {
        var text = _reader.ValueSpan;
        var isInteger = text.IndexOfAny(".eE"u8) < 0;

        // Up to 15 digits any integer is exact in a double and already in its only form; "-0" is not.
        if (isInteger && text.Length <= 15 && !text.SequenceEqual("-0"u8))
        {
            _out.Add(text);
            return;
        }

        if (_integersOnly)
        {
            if (!isInteger || text.SequenceEqual("-0"u8) || !_reader.TryGetInt64(out var integer)
                || integer is < -RecordProfile.MaxInteger or > RecordProfile.MaxInteger)
            {
                throw new NotCanonicalException("a number is not an integer within ±(2^53 − 1)");
            }

            _out.Add(text);
            return;
        }

        if (!_reader.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            throw new NotCanonicalException("a number is too large for an IEEE 754 double");
        }

        _out.Advance(EcmaNumber.Format(value, _out.Reserve(EcmaNumber.MaxLength)));
    }
}
