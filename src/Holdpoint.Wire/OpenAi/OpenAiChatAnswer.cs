using System.Text;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>
/// The content of a whole chat completion. Each field that is named here has its own rule; all strings of any other field are content to be
/// screened.
/// </summary>
internal static class OpenAiChatAnswer
{
    // Settings, not free text: a word that the API does not document is screened.
    private static readonly Rule ServiceTier = new SettingRule("auto", "default", "flex", "scale", "priority");

    private static readonly Rule Audio = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("data", Base64Rule.Raw),
        ("expires_at", TokenRule.Shared),
        ("transcript", TextRule.Shared)));

    private static readonly Rule Message = new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("role", new SettingRule("assistant")),
        ("content", new ContentRule()),
        ("refusal", StringsRule.Unknown),
        ("annotations", StringsRule.Known),
        ("audio", Audio),
        ("tool_calls", new ListRule(new ToolCallRule())),
        ("function_call", new FunctionCallRule())));

    private static readonly Rule Choice = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("index", TokenRule.Shared),
        ("finish_reason", new SettingRule("stop", "length", "tool_calls", "content_filter", "function_call")),
        ("logprobs", StringsRule.Known),
        ("message", Message))));

    public static Rule Rule { get; } = new RequiredRule(new ObjectRule(new Shape(
        StringsRule.Unknown,
        ("id", TokenRule.Shared),
        ("object", new SettingRule("chat.completion")),
        ("created", TokenRule.Shared),
        ("model", AnswerModelRule.Shared),
        ("system_fingerprint", TokenRule.Shared),
        ("service_tier", ServiceTier),
        ("usage", StringsRule.Known),
        ("choices!", new RequiredRule(new ListRule(Choice))))));

    /// <summary>
    /// A tool call of an answer: a function, a custom tool, or a call of unknown kind, whose arguments are then the whole call.
    /// </summary>
    private sealed class ToolCallRule : Rule
    {
        private static readonly Shape Fields = new(
            StringsRule.Unknown,
            ("id", CheckedRule.Shared),
            ("index", CheckedRule.Shared),
            ("type", CheckedRule.Shared),
            ("function", CheckedRule.Shared),
            ("custom", CheckedRule.Shared));

        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var start = walk.Position;
            string id = "", type = "", name = "";
            ReadOnlyMemory<byte> arguments = default;
            var calls = 0;
            var fields = walk.BeginObject();
            while (walk.NextField(Fields, ref fields, out var field))
            {
                var read = field switch
                {
                    0 => ToolCalls.TryId(ref walk, out id),
                    1 => StringsRule.Unknown.Read(ref walk),
                    2 => ToolCalls.TryString(ref walk, out type),
                    3 when walk.Token != JsonTokenType.Null => ToolCallText.TryCall(ref walk, ref calls, out name, out arguments),
                    4 when walk.Token != JsonTokenType.Null => ToolCallText.TryCall(ref walk, ref calls, out name, out arguments),
                    3 or 4 => true,
                    _ => StringsRule.Unknown.Read(ref walk),
                };
                if (!read)
                {
                    return false;
                }
            }

            if (walk.Fault is not null)
            {
                return false;
            }

            // A type that no call of a function has is the name of a tool that the provider runs, never that of a function.
            var isKnown = type is "" or "function" or "custom";
            if (calls == 0)
            {
                name = isKnown ? "" : type;
                arguments = walk.Since(start);
            }

            return calls > 1 || name.Length == 0
                ? walk.Fail(WireCause.InvalidField, "is not a tool call with one name")
                : (calls == 0 || isKnown || walk.AddAt(walk.Path() + "/type", PartKind.Text, Encoding.UTF8.GetBytes(type)))
                    && ToolCalls.Add(ref walk, new ToolCall(walk.Path(), id, name, arguments) { IsItem = calls == 0 });
        }
    }

    /// <summary>The legacy <c>function_call</c>.</summary>
    private sealed class FunctionCallRule : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            var calls = 0;
            return walk.Token == JsonTokenType.Null
                || (ToolCallText.TryCall(ref walk, ref calls, out var name, out var arguments)
                    && (name.Length > 0 || walk.Fail(WireCause.MissingField, "has no name"))
                    && ToolCalls.Add(ref walk, new ToolCall(walk.Path(), Id: null, name, arguments)));
        }
    }
}

/// <summary>Reads the pieces of tool calls in answers.</summary>
internal static class ToolCallText
{
    private static readonly Shape Call = new(
        StringsRule.Unknown, ("name", CheckedRule.Shared), ("arguments", CheckedRule.Shared), ("input", CheckedRule.Shared));

    /// <summary>Reads the object <c>function</c> or <c>custom</c>. Arguments that are not a string are taken as their JSON text.</summary>
    public static bool TryCall(ref JsonWalk walk, ref int calls, out string name, out ReadOnlyMemory<byte> arguments)
    {
        name = "";
        arguments = default;
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        calls++;
        var fields = walk.BeginObject();
        var texts = 0;
        while (walk.NextField(Call, ref fields, out var field))
        {
            var read = field switch
            {
                0 => ToolCalls.TryString(ref walk, out name),
                1 or 2 when walk.Token == JsonTokenType.Null => true,
                1 or 2 when ++texts > 1 => walk.Fail(WireCause.InvalidField, "is a second text of one tool call"),
                1 or 2 => walk.Token == JsonTokenType.String ? walk.TryText(out arguments) : walk.Check(out arguments),
                _ => StringsRule.Unknown.Read(ref walk),
            };
            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }
}
