using System.Text;
using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Completions;
using Holdpoint.Wire.OpenAi.Responses;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Shortcuts for tests that read bodies.</summary>
internal static class Reading
{
    public static OpenAiChat Format { get; } = new();

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static Call Call(string body, WireFormat? format = null) =>
        (format ?? Format).Read(Utf8(body)) switch
        {
            ReadOutcome.Readable(var call) => call,
            ReadOutcome.Unreadable(var fault) => throw new Xunit.Sdk.XunitException($"{fault.Cause} {fault.Message}\n{body}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Fault Fault(string body, WireFormat? format = null) => Fault(Utf8(body), format);

    public static Fault Fault(byte[] body, WireFormat? format = null) =>
        Assert.IsType<ReadOutcome.Unreadable>((format ?? Format).Read(body)).Fault;

    public static OpenAiResponses Responses { get; } = new();

    public static OpenAiCompletions Completions { get; } = new();

    public static OpenAiEmbeddings Embeddings { get; } = new();

    /// <summary>A whole answer that can be read.</summary>
    public static AnswerOutcome.Readable Answer(string body, WireFormat format, Call? call = null) =>
        (call is null ? format.ReadAnswer(Utf8(body)) : format.ReadAnswer(Utf8(body), call, buffer: null)) switch
        {
            AnswerOutcome.Readable readable => readable,
            AnswerOutcome.Unreadable(var fault) => throw new Xunit.Sdk.XunitException($"{fault.Cause} {fault.Message}\n{body}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A request with one user message, and further top-level fields.</summary>
    public static string Request(string fields = "") =>
        """{"model":"echo","messages":[{"role":"user","content":"hi"}]""" + (fields.Length == 0 ? "" : "," + fields) + "}";

    /// <summary>A request whose only message has those fields.</summary>
    public static string Message(string fields) => $$"""{"model":"echo","messages":[{{{fields}}}]}""";

    /// <summary>A request whose only user message has that one content part.</summary>
    public static string ContentPart(string part) => Message($"\"role\":\"user\",\"content\":[{part}]");
}
