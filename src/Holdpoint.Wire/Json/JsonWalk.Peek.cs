using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>
    /// Looks ahead, without moving, for a field of the object whose start is the current token, because the last field may determine the
    /// kind of the object. Duplicates and bad syntax are left to the pass itself.
    /// </summary>
    /// <returns>The field's decoded string; null when there is no such field, or its value is not a string.</returns>
    public readonly string? Peek(ReadOnlySpan<byte> name)
    {
        var ahead = _json;
        try
        {
            return !TryGoTo(name, ref ahead) || ahead.TokenType != JsonTokenType.String ? null
                : !ahead.ValueIsEscaped ? Encoding.UTF8.GetString(ahead.ValueSpan)
                : Decode(ahead.ValueSpan) is { } text ? Encoding.UTF8.GetString(text) : null;
        }
        catch (JsonException)
        {
            // The pass meets the same place and says what is wrong with it.
            return null;
        }
    }

    /// <summary>Looks ahead for a field whose value is neither null nor an empty string or array.</summary>
    public readonly bool Has(string name)
    {
        var ahead = _json;
        try
        {
            return TryGoTo(Encoding.UTF8.GetBytes(name), ref ahead) && ahead.TokenType switch
            {
                JsonTokenType.Null => false,
                JsonTokenType.String => ahead.ValueSpan.Length > 0,
                JsonTokenType.StartArray => ahead.Read() && ahead.TokenType != JsonTokenType.EndArray,
                _ => true,
            };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Looks ahead for a field whose value is neither null nor an empty array.</summary>
    public readonly bool IsGiven(string name)
    {
        var ahead = _json;
        try
        {
            return TryGoTo(Encoding.UTF8.GetBytes(name), ref ahead) && ahead.TokenType != JsonTokenType.Null
                && (ahead.TokenType != JsonTokenType.StartArray || (ahead.Read() && ahead.TokenType != JsonTokenType.EndArray));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Looks ahead for a field with something in it: anywhere in its value a text that is not empty and no type.</summary>
    public readonly bool Says(string name)
    {
        var ahead = _json;
        try
        {
            if (!TryGoTo(Encoding.UTF8.GetBytes(name), ref ahead))
            {
                return false;
            }

            var depth = ahead.CurrentDepth;
            for (var isType = false; ;)
            {
                if (ahead.TokenType == JsonTokenType.String && ahead.ValueSpan.Length > 0 && !isType)
                {
                    return true;
                }

                isType = ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("type"u8);
                var isInside = ahead.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || ahead.CurrentDepth > depth;
                if (!isInside || !ahead.Read())
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryGoTo(ReadOnlySpan<byte> name, ref Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = ahead.ValueIsEscaped
                ? Decode(ahead.ValueSpan)?.AsSpan().SequenceEqual(name) == true
                : ahead.ValueSpan.SequenceEqual(name);
            ahead.Read();
            if (isWanted)
            {
                return true;
            }

            ahead.Skip();
        }

        return false;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> raw)
    {
        var decoded = new byte[raw.Length];
        return EscapedText.TryDecode(raw, decoded, out var written) ? decoded[..written] : null;
    }
}
