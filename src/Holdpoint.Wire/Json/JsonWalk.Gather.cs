using System.Buffers;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>
    /// The maximum length of a number that is only a number, in bytes. A double has at most 24 (RFC 8785 §3.2.2.3); digits that go on are
    /// read as text.
    /// </summary>
    private const int MaxNumberBytes = 32;

    private static readonly NameTable SealedNames = new(
        "encrypted_content", "encrypted_index", "encrypted_stdout", "signature", "thought_signature", "data", "encrypted");

    /// <summary>Whether the number at the current token is longer than any number needs to be.</summary>
    public readonly bool IsLongNumber => Token == JsonTokenType.Number && _json.ValueSpan.Length > MaxNumberBytes;

    /// <summary>The digits of the number at the current token.</summary>
    public readonly ReadOnlyMemory<byte> NumberText() => _body.Slice((int)_json.TokenStartIndex, _json.ValueSpan.Length);

    /// <summary>
    /// Reads any value of an answer and appends each of its strings, on a line of its own, grouped by the names that lead to them.
    /// </summary>
    /// <param name="strings">The buffer that receives the strings.</param>
    /// <param name="names">The names in the value that count as strings.</param>
    /// <param name="except">Strings that are left out; null for none.</param>
    public bool Gather(ArrayBufferWriter<byte> strings, ReadNames names, SentStrings? except = null)
    {
        var gathered = new GatheredStrings(names);
        if (!Pass(gathered, 0, except))
        {
            return false;
        }

        gathered.WriteTo(strings);
        return true;
    }

    /// <summary>Reads any value of an answer, and gives its strings by the names that lead to them.</summary>
    public bool Gather(GatheredStrings strings) => Pass(strings, 0, except: null);

    private bool Pass(GatheredStrings? strings, int group, SentStrings? except)
    {
        switch (Token)
        {
            case JsonTokenType.StartObject:
                return PassObject(strings, group, except);

            case JsonTokenType.StartArray:
                return PassArray(strings, group, except);

            case JsonTokenType.String when strings is not null || _json.ValueIsEscaped:
                if (!TryText(out var text))
                {
                    return false;
                }

                if (strings is not null && except?.Contains(text.Span) != true)
                {
                    strings.Add(group, text.Span);
                }

                GiveBackDecoded(text.Length);
                return true;

            case JsonTokenType.Number when strings is not null && IsLongNumber:
                strings.Add(group, _json.ValueSpan);
                return true;

            default:
                return true;
        }
    }

    private bool PassArray(GatheredStrings? strings, int group, SentStrings? except)
    {
        // Log probabilities spell a token as the numbers of its bytes too.
        var isBytes = strings is not null && IsNamed("bytes"u8);
        BeginArray();
        while (NextItem())
        {
            if (isBytes && Token == JsonTokenType.Number && TryInt32(out var number) && number is >= 0 and <= byte.MaxValue)
            {
                strings!.Add(group, [(byte)number], isLine: false);
            }
            else if (!Pass(strings, group, except))
            {
                return false;
            }
        }

        return Fault is null;
    }

    private bool PassObject(GatheredStrings? strings, int group, SentStrings? except)
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

            if (strings is null)
            {
                if (!Advance() || !Pass(null, 0, except))
                {
                    return false;
                }

                continue;
            }

            var child = strings.Child(group, name);
            var isSealed = SealedNames.Contains(name);
            if (except?.Contains(name) != true)
            {
                strings.AddName(name, Harvest);
            }

            if (!Advance() || (isSealed && !NoteSealed()) || !Pass(strings, child, except))
            {
                return false;
            }
        }

        return false;
    }

    private bool NoteSealed()
    {
        if (Token != JsonTokenType.String)
        {
            return true;
        }

        // A copy, because decoded memory is given back.
        return TryText(out var value) && AddOpaqueValue(_json.ValueIsEscaped ? value.ToArray() : value);
    }

    private readonly bool IsNamed(ReadOnlySpan<byte> name)
    {
        var step = _steps[_depth - 1];
        return step.Start >= 0 && _body.Span.Slice(step.Start, step.Length).SequenceEqual(name);
    }
}
