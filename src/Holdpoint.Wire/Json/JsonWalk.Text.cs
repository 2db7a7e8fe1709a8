namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>Reads the text of the string at the current token, decoded: a slice of the body where nothing needed decoding.</summary>
    public bool TryText(out ReadOnlyMemory<byte> text)
    {
        text = _body.Slice((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);
        return !_json.ValueIsEscaped || TryDecode(text, out text);
    }

    /// <summary>The decoded name of the current field.</summary>
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

    /// <summary>Decodes every escape in JSON text: the result is not JSON any more, but nothing in it is hidden from a search.</summary>
    public bool TryReveal(ReadOnlyMemory<byte> raw, out ReadOnlyMemory<byte> revealed)
    {
        revealed = raw;
        return raw.Span.IndexOf((byte)'\\') < 0 || TryDecode(raw, out revealed);
    }

    /// <summary>Reads any value and gathers nothing from it.</summary>
    /// <param name="raw">The value's JSON text, a slice of the body.</param>
    public bool Check(out ReadOnlyMemory<byte> raw)
    {
        var start = (int)_json.TokenStartIndex;
        raw = default;
        if (!Pass(strings: null, group: 0, except: null))
        {
            return false;
        }

        raw = _body[start..(int)_json.BytesConsumed];
        return true;
    }

    /// <summary>Gives back the memory of the string just decoded, when only its validity or a copy of it was wanted.</summary>
    private readonly void GiveBackDecoded(int length)
    {
        if (_json.ValueIsEscaped)
        {
            _buffer?.GiveBack(length);
        }
    }

    private bool TryDecode(ReadOnlyMemory<byte> raw, out ReadOnlyMemory<byte> decoded)
    {
        var target = Take(raw.Length);
        var whole = EscapedText.TryDecode(raw.Span, target.Span, out var written);
        _buffer?.GiveBack(raw.Length - written);
        decoded = target[..written];
        return whole || Fail(WireCause.InvalidUtf8, "has an escape that is half of a surrogate pair");
    }
}
