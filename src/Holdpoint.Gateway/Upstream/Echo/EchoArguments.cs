using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>
/// Arguments that a schema would accept, as far as simple schemas go: what is required, the first of an enumeration, a default where there
/// is one, and the user's text for strings.
/// </summary>
internal static class EchoArguments
{
    private const int MaxDepth = 8;

    // What is longer than this takes empty strings: a schema may ask for a million of them.
    private const int MaxBytes = 65_536;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="tool">The object that may hold the schema.</param>
    /// <param name="field">The field that it belongs to.</param>
    /// <param name="text">What strings are filled with.</param>
    public static string For(JsonElement tool, string field, string text)
    {
        var arguments = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(arguments, Options))
        {
            if (tool.TryGetProperty(field, out var schema) && schema.ValueKind == JsonValueKind.Object)
            {
                WriteObject(json, schema, text, depth: 0);
            }
            else
            {
                json.WriteStartObject();
                json.WriteEndObject();
            }
        }

        return Encoding.UTF8.GetString(arguments.WrittenSpan);
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement schema, string text, int depth)
    {
        json.WriteStartObject();
        if (depth < MaxDepth
            && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            var written = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in required.EnumerateArray())
            {
                if (name.ValueKind == JsonValueKind.String && properties.TryGetProperty(name.GetString()!, out var property)
                    && written.Add(name.GetString()!))
                {
                    json.WritePropertyName(name.GetString()!);
                    Write(json, property, text, depth + 1);
                }
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement schema, string text, int depth)
    {
        text = json.BytesCommitted + json.BytesPending + text.Length > MaxBytes ? "" : text;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            json.WriteStringValue(text);
            return;
        }

        if (schema.TryGetProperty("const", out var fixedValue) || schema.TryGetProperty("default", out fixedValue))
        {
            fixedValue.WriteTo(json);
            return;
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            values[0].WriteTo(json);
            return;
        }

        switch (TypeOf(schema))
        {
            case "object":
                WriteObject(json, schema, text, depth);
                break;
            case "array":
                json.WriteStartArray();
                if (depth < MaxDepth && schema.TryGetProperty("items", out var items))
                {
                    Write(json, items, text, depth + 1);
                }

                json.WriteEndArray();
                break;
            case "number" or "integer":
                WriteNumber(json, schema);
                break;
            case "boolean":
                json.WriteBooleanValue(true);
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.TryGetProperty("minimum", out var minimum) && minimum.ValueKind == JsonValueKind.Number)
        {
            minimum.WriteTo(json);
        }
        else
        {
            json.WriteNumberValue(1);
        }
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return schema.TryGetProperty("properties", out _) ? "object" : null;
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => type.GetString(),
            JsonValueKind.Array when type.GetArrayLength() > 0 && type[0].ValueKind == JsonValueKind.String => type[0].GetString(),
            _ => null,
        };
    }
}
