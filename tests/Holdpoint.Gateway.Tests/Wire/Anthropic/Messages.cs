using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

/// <summary>Shortcuts for tests that read Anthropic bodies.</summary>
internal static class Messages
{
    public static AnthropicMessages Format { get; } = new();

    public static Call Call(string body, WireFormat? format = null) =>
        (format ?? Format).Read(Reading.Utf8(body)) switch
        {
            ReadOutcome.Readable(var call) => call,
            ReadOutcome.Unreadable(var fault) => throw new Xunit.Sdk.XunitException($"{fault.Cause} {fault.Message}\n{body}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Fault Fault(string body, WireFormat? format = null) =>
        Assert.IsType<ReadOutcome.Unreadable>((format ?? Format).Read(Reading.Utf8(body))).Fault;

    /// <summary>A request with one user message, and further top-level fields.</summary>
    public static string Request(string fields = "") =>
        """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"hi"}]""" + (fields.Length == 0 ? "" : "," + fields) + "}";

    /// <summary>A request whose only user message has that one block.</summary>
    public static string Block(string block) =>
        """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":[""" + block + "]}]}";

    /// <summary>A whole answer with those blocks, and further fields.</summary>
    public static string Answer(string blocks, string fields = "") =>
        """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[""" + blocks +
        """],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}"""
            + (fields.Length == 0 ? "" : "," + fields) + "}";

    public static AnswerOutcome.Readable ReadAnswer(string answer) =>
        Format.ReadAnswer(Reading.Utf8(answer)) switch
        {
            AnswerOutcome.Readable readable => readable,
            AnswerOutcome.Unreadable(var fault) => throw new Xunit.Sdk.XunitException(fault.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static StreamReading Stream(string stream) => StreamReading.Of([Reading.Utf8(stream)], Format.OpenStream());
}
