using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Cli.Holds;

/// <summary>
/// JSON for people who decide on it: letters that were written as escapes are shown as the letters that a model reads. What people could
/// not see stays written out. Only what is shown changes; what is signed is the digest of the bytes.
/// </summary>
internal static class ReadableJson
{
    /// <summary>
    /// How often one text may be wrapped in another and still be shown unwrapped. 3: as many layers of escapes as the detectors undo
    /// (docs/reference/signals.md).
    /// </summary>
    private const int MaxLayers = 3;

    /// <summary>The shortest base64 that is shown decoded beside, in characters: 16 of them are 12 bytes, less says little.</summary>
    private const int LeastBase64 = 16;

    /// <summary>As deep as any body that the gateway reads, and more.</summary>
    private const int MaxDepth = 1_000;

    private const int EscapeLength = 6;
    private const string EventData = "data:";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>The text with escaped letters decoded, where it is JSON or a stream of events with JSON; else the text itself.</summary>
    public static string Decode(string text) => IsJson(text) ? DecodeEscapes(text)
        : text.Contains(EventData, StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(DecodeLine))
        : text;

    /// <summary>
    /// The strings in a JSON text that hold another text in a form of their own (JSON, escapes, base64), each with its place and
    /// what it says.
    /// </summary>
    public static IEnumerable<(string Place, string Text)> Inside(string text) => IsJson(text)
        ? Strings(text).SelectMany(one => Unwrap(one.Value).Select(inner => (one.Place, inner)))
        : [];

    private static string DecodeLine(string line) =>
        line.StartsWith(EventData, StringComparison.Ordinal) && IsJson(line[EventData.Length..]) ? DecodeEscapes(line) : line;

    /// <summary>What a string says once it is unwrapped as often as it changes.</summary>
    private static IEnumerable<string> Unwrap(string value)
    {
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var next = OfBase64(value) ?? DecodeEscapes(value);
            if (next == value)
            {
                yield break;
            }

            yield return value = next;
        }
    }

    private static string? OfBase64(string value)
    {
        const string Mark = ";base64,";
        var start = value.StartsWith(EventData, StringComparison.OrdinalIgnoreCase)
            ? value.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at + Mark.Length : -1
            : 0;
        if (start < 0 || value.Length - start < LeastBase64)
        {
            return null;
        }

        var text = value[start..].Replace('-', '+').Replace('_', '/').TrimEnd();
        if (text.AsSpan().ContainsAnyExcept(Base64))
        {
            return null;
        }

        text = text.TrimEnd('=');
        try
        {
            var decoded = StrictUtf8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
            return decoded.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? null : decoded;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null; // the framework's way to say that it is not base64, or not of a text
        }
    }

    /// <summary>Escapes of letters become the letters; every other pair of backslash and character stays as it is.</summary>
    private static string DecodeEscapes(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\')
            {
                decoded.Append(text[i++]);
            }
            else if (LetterAt(text, i, out var letter) is > 0 and var length)
            {
                decoded.Append(letter.ToString());
                i += length;
            }
            else
            {
                var pair = Math.Min(2, text.Length - i);
                decoded.Append(text.AsSpan(i, pair));
                i += pair;
            }
        }

        return decoded.ToString();
    }

    /// <summary>The length of the escape of a letter that people can see; 0 where there is none.</summary>
    private static int LetterAt(string text, int at, out Rune letter)
    {
        letter = default;
        if (UnitAt(text, at) is not { } first)
        {
            return 0;
        }

        var length = EscapeLength;
        if (!Rune.TryCreate(first, out letter))
        {
            if (UnitAt(text, at + EscapeLength) is not { } second || !Rune.TryCreate(first, second, out letter))
            {
                return 0;
            }

            length += EscapeLength;
        }

        // A quote or a backslash ends or begins something in JSON, so its escape stays one; so does white space of unusual width.
        return letter.Value is '"' or '\\' || Visible.IsInvisible(letter) || (Rune.IsWhiteSpace(letter) && letter.Value != ' ')
            ? 0
            : length;
    }

    private static char? UnitAt(string text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;

    private static bool IsJson(string text)
    {
        var reader = NewReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false; // the framework's way to say it; there is no Try form
        }
    }

    /// <summary>Every string value with its JSON pointer.</summary>
    private static List<(string Place, string Value)> Strings(string json)
    {
        List<(string, string)> strings = [];
        Stack<(string Name, int Next)> places = new();
        var reader = NewReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                places.Push((TextOf(ref reader), places.Pop().Next));
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                places.Pop();
                continue;
            }

            if (places.TryPop(out var place))
            {
                places.Push(place.Next < 0 ? place : (place.Next.ToString(CultureInfo.InvariantCulture), place.Next + 1));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                places.Push(("", reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                strings.Add((string.Concat(places.Reverse().Select(one => "/" + one.Name)), TextOf(ref reader)));
            }
        }

        return strings;
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan); // half a surrogate pair, which is no text; as it is written
        }
    }

    private static Utf8JsonReader NewReader(byte[] json) => new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
}
