using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The JSON writing that all forms of the echo share.</summary>
internal static class EchoJson
{
    // About what a token is in English; the usage of an echo means nothing.
    private const int BytesPerToken = 4;

    private const int MaxPieces = 256;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>A server-sent event without a name.</summary>
    public static byte[] Event(byte[] json) => [.. "data: "u8, .. json, .. "\n\n"u8];

    /// <summary>A server-sent event with a name.</summary>
    public static byte[] Event(string name, byte[] json) =>
        [.. "event: "u8, .. Encoding.UTF8.GetBytes(name), .. "\ndata: "u8, .. json, .. "\n\n"u8];

    /// <summary>Cuts before spaces, into some hundreds of pieces at most: joined again, they are the text.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ' ' && i - start > text.Length / MaxPieces))
            {
                yield return text[start..i];
                start = i;
            }
        }
    }

    /// <summary>The made-up number of tokens in that many bytes.</summary>
    public static int Tokens(int bytes) => (bytes / BytesPerToken) + 1;

    /// <summary>The made-up number of tokens in a text.</summary>
    public static int Tokens(string text) => Tokens(Encoding.UTF8.GetByteCount(text));
}
