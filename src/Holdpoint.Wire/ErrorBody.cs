using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire;

/// <summary>
/// Reads the body of a provider's error for detectors. Providers quote there what a model said, or what they were sent, in forms of their
/// own; so nothing is expected of it but text.
/// </summary>
internal static class ErrorBody
{
    /// <summary>The text of a body.</summary>
    /// <param name="body">The body, in whatever form and encoding.</param>
    /// <returns>The body as text; and, as far as it is JSON, every name and string of it with its escapes undone.</returns>
    public static ImmutableArray<Part> Read(ReadOnlyMemory<byte> body)
    {
        var decoded = FileText.Of(body.Span, isTextual: true);
        var text = decoded.IsEmpty ? body : decoded;
        var strings = Strings(text.Span);
        Part whole = new("", PartKind.Text, text);
        return strings.IsEmpty ? [whole] : [whole, new("/", PartKind.Text, strings)];
    }

    private static ReadOnlyMemory<byte> Strings(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var strings = new ArrayBufferWriter<byte>(Math.Max(text.Length, 1));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    var room = strings.GetSpan(reader.ValueSpan.Length + 1);
                    var count = reader.CopyString(room);
                    room[count] = (byte)'\n';
                    strings.Advance(count + 1);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is not JSON, or not from here on, or half of a surrogate pair: the whole body is read as text in any case.
        }

        return strings.WrittenMemory;
    }
}
