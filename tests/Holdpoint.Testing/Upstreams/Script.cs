using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Testing.Upstreams;

/// <summary>What a <see cref="ScriptedUpstream"/> does with one request.</summary>
/// <param name="Play">Sends the answer, or does worse.</param>
public sealed record Script(Func<ScriptedConnection, Task> Play)
{
    /// <summary>A correct answer with a body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="headers">Further header lines, without line ends.</param>
    public static Script Answer(int status, string body, string contentType = "application/json", params string[] headers) =>
        new(connection => connection.SendAsync(Head(status, contentType, Encoding.UTF8.GetByteCount(body), headers) + body));

    /// <summary>A correct chat completion that says that text.</summary>
    public static Script Completion(string text) => Answer(200, CompletionJson(text));

    /// <summary>An event stream, chunked, each piece sent by itself, and ended correctly.</summary>
    public static Script Events(params string[] pieces) => new(async connection =>
    {
        await connection.SendAsync(EventsHead);
        foreach (var piece in pieces)
        {
            await connection.SendAsync(Chunk(piece));
        }

        await connection.SendAsync("0\r\n\r\n");
    });

    /// <summary>An event stream that breaks off after the pieces: the connection closes without the last chunk.</summary>
    public static Script EventsCutOff(params string[] pieces) => new(async connection =>
    {
        await connection.SendAsync(EventsHead);
        foreach (var piece in pieces)
        {
            await connection.SendAsync(Chunk(piece));
        }

        connection.EndSending();
    });

    /// <summary>An event stream that falls silent after the pieces, until the client leaves.</summary>
    public static Script EventsThenSilence(params string[] pieces) => new(async connection =>
    {
        await connection.SendAsync(EventsHead);
        foreach (var piece in pieces)
        {
            await connection.SendAsync(Chunk(piece));
        }

        await connection.WaitForClientToLeaveAsync();
    });

    /// <summary>Takes the request and never answers.</summary>
    public static Script Silence { get; } = new(connection => connection.WaitForClientToLeaveAsync());

    /// <summary>Announces more bytes than it sends, then closes.</summary>
    public static Script TooShort(string body, int missing) => new(async connection =>
    {
        await connection.SendAsync(Head(200, "application/json", Encoding.UTF8.GetByteCount(body) + missing, []) + body);
        connection.EndSending();
    });

    /// <summary>Sends the bytes as they are and closes.</summary>
    public static Script Raw(string bytes) => new(async connection =>
    {
        await connection.SendAsync(bytes);
        connection.EndSending();
    });

    /// <summary>Resets the connection instead of answering.</summary>
    public static Script Reset { get; } = new(connection =>
    {
        connection.Reset();
        return Task.CompletedTask;
    });

    /// <summary>The body of a chat completion.</summary>
    public static string CompletionJson(string text) =>
        """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":["""
        + """{"index":0,"message":{"role":"assistant","content":""" +
        JsonSerializer.Serialize(text) +
        ""","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    /// <summary>An event with a chunk of one choice.</summary>
    public static string ChunkEvent(string deltaJson, string finishReason = "null") =>
        "data: " + """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":""" +
        deltaJson + ""","logprobs":null,"finish_reason":""" + finishReason + "}]}\n\n";

    private const string EventsHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static string Chunk(string text) =>
        Encoding.UTF8.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture) + "\r\n" + text + "\r\n";

    private static string Head(int status, string contentType, int length, string[] headers) =>
        string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n") +
        string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";
}
