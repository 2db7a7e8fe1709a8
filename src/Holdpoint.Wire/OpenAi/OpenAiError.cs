using System.Buffers;
using System.Text.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>Errors in OpenAI's shape, for every endpoint of that API.</summary>
internal static class OpenAiError
{
    public static byte[] Write(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteTo(body, error);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>The error as an event of a stream. Official clients raise the event as an error and read no further.</summary>
    public static byte[] WriteEvent(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("data: "u8);
        WriteTo(body, error);
        body.Write("\n\n"u8);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The error as an event of a stream whose events have types. Clients that go by the type find code and message where the API puts
    /// them; others raise the <c>error</c> object that every format has.
    /// </summary>
    public static byte[] WriteTypedEvent(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("event: error\ndata: "u8);
        WriteTo(body, error, static (json, error) =>
        {
            json.WriteString("type"u8, "error");
            json.WriteNumber("sequence_number"u8, 0);
            json.WriteString("code"u8, error.Cause);
            json.WriteString("message"u8, error.Message);
            json.WriteNull("param"u8);
        });
        body.Write("\n\n"u8);
        return body.WrittenSpan.ToArray();
    }

    private static void WriteTo(IBufferWriter<byte> body, WireError error, Action<Utf8JsonWriter, WireError>? before = null)
    {
        using var json = new Utf8JsonWriter(body, ErrorDetailJson.Options);
        json.WriteStartObject();
        before?.Invoke(json, error);
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Detail switch
        {
            null when error.Status == HttpStatus.Unauthorized => "authentication_error",
            null when error.Status >= HttpStatus.InternalServerError => "server_error",
            null => "invalid_request_error",
            { Verdict: "hold" } => "holdpoint_held",
            _ when error.Cause == WireCause.UpstreamForbidden => "upstream_refused",
            _ => "holdpoint_refused",
        });
        json.WriteString("code"u8, error.Cause);
        json.WriteNull("param"u8);
        if (error.Detail is { } detail)
        {
            ErrorDetailJson.Write(json, detail, error.Cause);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
