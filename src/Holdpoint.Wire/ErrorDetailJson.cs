using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Wire;

/// <summary>The <c>holdpoint</c> object of error bodies, the same in every format.</summary>
internal static class ErrorDetailJson
{
    // Bodies are application/json and never HTML, so what people write in titles may stay readable.
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the property <c>holdpoint</c> into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, ErrorDetail detail, string cause)
    {
        json.WriteStartObject("holdpoint"u8);
        json.WriteString("verdict"u8, detail.Verdict);
        json.WriteNumber("record"u8, detail.Record);
        json.WriteString("bundle"u8, detail.Bundle);
        json.WriteStartArray("clauses"u8);
        foreach (var clause in detail.Clauses)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, clause.Id);
            json.WriteString("title"u8, clause.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("cause"u8, cause);
        if (detail.Hold is { } hold)
        {
            WriteHold(json, hold);
        }

        json.WriteEndObject();
    }

    private static void WriteHold(Utf8JsonWriter json, ErrorHold hold)
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
