using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo of embeddings: the same small vector of length 1 for the same text, which means nothing else.</summary>
internal sealed class EchoEmbeddings : EchoForm
{
    private const int DefaultDimensions = 8;

    // OpenAI's largest model has 3,072.
    private const int MaxDimensions = 3_072;

    // As real models have an input limit: many inputs of many dimensions would otherwise be gigabytes.
    private const int MaxNumbers = 1_048_576;

    public override ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(call.Body);
        var root = document.RootElement;
        var input = root.GetProperty("input");
        string[] texts = input.ValueKind == JsonValueKind.Array
            ? [.. input.EnumerateArray().Select(text => text.GetString() ?? "")]
            : [input.GetString()!];
        var dimensions = root.TryGetProperty("dimensions", out var wanted)
            && wanted.ValueKind == JsonValueKind.Number && wanted.TryGetInt32(out var number)
            ? Math.Clamp(number, 1, Math.Clamp(MaxNumbers / Math.Max(1, texts.Length), 1, MaxDimensions))
            : DefaultDimensions;
        var isBase64 = root.TryGetProperty("encoding_format", out var format)
            && format.ValueKind == JsonValueKind.String && format.ValueEquals("base64"u8);
        return
        [
            EchoJson.Object(json =>
            {
                json.WriteString("object"u8, "list");
                json.WriteStartArray("data"u8);
                for (var i = 0; i < texts.Length; i++)
                {
                    Write(json, i, VectorOf(texts[i], dimensions), isBase64);
                }

                json.WriteEndArray();
                json.WriteString("model"u8, call.Call.Model);
                json.WriteStartObject("usage"u8);
                json.WriteNumber("prompt_tokens"u8, EchoJson.Tokens(call.Body.Length));
                json.WriteNumber("total_tokens"u8, EchoJson.Tokens(call.Body.Length));
                json.WriteEndObject();
            }),
        ];
    }

    private static void Write(Utf8JsonWriter json, int index, float[] vector, bool isBase64)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "embedding");
        json.WriteNumber("index"u8, index);
        if (isBase64)
        {
            var bytes = new byte[vector.Length * sizeof(float)];
            for (var i = 0; i < vector.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            }

            json.WriteBase64String("embedding"u8, bytes);
        }
        else
        {
            json.WriteStartArray("embedding"u8);
            foreach (var number in vector)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static float[] VectorOf(string text, int dimensions)
    {
        var vector = new float[dimensions];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        for (var i = 0; i < dimensions; i++)
        {
            if (i > 0 && i % digest.Length == 0)
            {
                SHA256.HashData(digest.ToArray(), digest);
            }

            vector[i] = digest[i % digest.Length] - 127.5f;
        }

        var length = MathF.Sqrt(vector.Sum(number => number * number));
        return [.. vector.Select(number => number / length)];
    }
}
