using System.Buffers;
using System.Text.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>Errors in Anthropic's shape.</summary>
internal static class AnthropicError
{
    public static byte[] Write(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteTo(body, error);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The error as the <c>error</c> event of a stream. Official clients raise the event as an error and read no further.
    /// </summary>
    public static byte[] WriteEvent(WireError error)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("event: error\ndata: "u8);
        WriteTo(body, error);
        body.Write("\n\n"u8);
        return body.WrittenSpan.ToArray();
    }

    private static void WriteTo(IBufferWriter<byte> body, WireError error)
    {
        using var json = new Utf8JsonWriter(body, ErrorDetailJson.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "error");
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, error.Cause == WireCause.UpstreamForbidden ? "upstream_refused" : TypeOf(error.Status));
        json.WriteString("message"u8, error.Message);
        if (error.Detail is { } detail)
        {
            ErrorDetailJson.Write(json, detail, error.Cause);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The types that Anthropic's own errors have with these statuses.
    private static string TypeOf(int status) => status switch
    {
        HttpStatus.Unauthorized => "authentication_error",
        HttpStatus.Forbidden => "permission_error",
        HttpStatus.NotFound => "not_found_error",
        HttpStatus.ContentTooLarge => "request_too_large",
        HttpStatus.TooManyRequests => "rate_limit_error",
        HttpStatus.ServiceUnavailable => "overloaded_error",
        HttpStatus.GatewayTimeout => "timeout_error",
        >= HttpStatus.InternalServerError => "api_error",
        _ => "invalid_request_error",
    };
}
