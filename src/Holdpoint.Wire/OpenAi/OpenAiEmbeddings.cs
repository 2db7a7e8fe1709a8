using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi;

/// <summary>
/// OpenAI's embeddings. Their answers are numbers, never streamed. Written against the parameter types of npm <c>openai</c> 6.49.0.
/// </summary>
/// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal sealed class OpenAiEmbeddings(IEnumerable<string>? extraFields = null, WireLimits? limits = null)
    : OpenAiFormat(Request(Fields, extraFields ?? []), Answer, limits)
{
    private static readonly (string Name, Rule Rule)[] Fields =
    [
        ("model!", new ModelRule()),
        ("input!", new RequiredRule(new PromptRule())),
        ("dimensions", Setting),
        ("encoding_format", new SettingRule("float", "base64")),
        ("user", TextRule.Shared),
    ];

    private static readonly Rule Answer = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("object", new SettingRule("list")),
        ("model", AnswerModelRule.Shared),
        ("usage", StringsRule.Known),
        ("data!", new RequiredRule(new ListRule(new ObjectRule(new Shape(
            StringsRule.Unknown,
            ("object", new SettingRule("embedding")),
            ("index", TokenRule.Shared),
            ("embedding", new EitherRule(text: Base64Rule.Raw, array: StringsRule.Unknown))))))))));

    public override string Endpoint => "/v1/embeddings";

    public override AnswerStreamReader OpenStream() => new NoStream();

    /// <summary>The reader for an upstream that streams although embeddings are never streamed.</summary>
    private sealed class NoStream : AnswerStreamReader
    {
        public override Fault? Read(ReadOnlySpan<byte> bytes, List<StreamEvent> events) => WireFaults.StreamUnexpected;

        public override Fault? Complete(List<StreamEvent> events) => WireFaults.StreamUnexpected;

        public override void Dispose()
        {
        }
    }
}
