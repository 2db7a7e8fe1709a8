using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Gateway.Wire.OpenAi;

/// <summary>Errors in OpenAI's shape, for every endpoint of that API.</summary>
internal static class OpenAiError
{
    // Bodies are application/json and never HTML, so what people write in titles may stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteTo(body, error);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>As an event of a stream. Official clients raise it as an error and read no further.</summary>
    public static byte[] WriteEvent(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("data: "u8);
        WriteTo(body, error);
        body.Write("\n\n"u8);
        return body.WrittenSpan.ToArray();
    }

    private static void WriteTo(IBufferWriter<byte> body, WireError error)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Ruling switch
        {
            null when error.Status == 401 => "authentication_error",
            null when error.Status >= 500 => "server_error",
            null => "invalid_request_error",
            { Verdict: "hold" } => "holdpoint_held",
            _ => "holdpoint_refused",
        });
        json.WriteString("code"u8, error.Cause);
        json.WriteNull("param"u8);
        if (error.Ruling is { } ruling)
        {
            WriteRuling(json, ruling, error.Cause);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRuling(Utf8JsonWriter json, Ruling ruling, string cause)
    {
        json.WriteStartObject("holdpoint"u8);
        json.WriteString("verdict"u8, ruling.Verdict);
        json.WriteNumber("record"u8, ruling.Record);
        json.WriteString("bundle"u8, ruling.Bundle);
        json.WriteStartArray("clauses"u8);
        foreach (var clause in ruling.Clauses)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, clause.Id);
            json.WriteString("title"u8, clause.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("cause"u8, cause);
        if (ruling.Hold is { } hold)
        {
            WriteHold(json, hold);
        }

        json.WriteEndObject();
    }

    private static void WriteHold(Utf8JsonWriter json, RulingHold hold)
    {
        json.WriteStartObject("hold"u8);
        if (hold.Id is not null)
        {
            json.WriteString("id"u8, hold.Id);
        }

        json.WriteStartArray("needs"u8);
        foreach (var seat in hold.Needs)
        {
            json.WriteStringValue(seat);
        }

        json.WriteEndArray();
        if (hold.Expires is { } expires)
        {
            json.WriteString("expires"u8, expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }
}
