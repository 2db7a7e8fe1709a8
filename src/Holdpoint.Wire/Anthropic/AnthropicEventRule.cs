using System.Buffers;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// Reads the data of one event of a stream. The type may be the last field, so the contents are collected first. Reused from event to
/// event; not thread-safe.
/// </summary>
internal sealed class AnthropicEventRule : Rule
{
    private static readonly Rule KnownTypes = new SettingRule(
        "message_start", "content_block_start", "content_block_delta",
        "content_block_stop", "message_delta", "message_stop", "ping", "error");

    private static readonly Rule KnownDeltas = new SettingRule(
        "text_delta", "thinking_delta", "signature_delta", "input_json_delta", "citations_delta", "compaction_delta");

    private static readonly Shape Event = new(
        StringsRule.Unknown,
        ("type", CheckedRule.Shared),
        ("index", CheckedRule.Shared),
        ("message", AnthropicAnswer.Message),
        ("content_block", AnswerBlockRule.Shared),
        ("delta", CheckedRule.Shared),
        ("usage", AnthropicAnswer.Usage));

    private static readonly Shape Delta = new(
        StringsRule.Unknown,
        ("type", KnownDeltas),
        ("stop_reason", CheckedRule.Shared),
        ("partial_json", CheckedRule.Shared));

    public string Type { get; private set; } = "";

    /// <summary>The block's index; -1 where the event has none.</summary>
    public int Index { get; private set; }

    public bool HasBlock { get; private set; }

    /// <summary>Whether the delta says why the message ended.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The pieces of the delta's text that may continue in later events: the field, and the text.</summary>
    public List<(string Field, ReadOnlyMemory<byte> Text)> Texts { get; } = [];

    /// <summary>The texts of the delta that are whole: the field, and the text.</summary>
    public List<(string Field, ReadOnlyMemory<byte> Text)> Others { get; } = [];

    /// <summary>A piece of a tool's input; null when the delta has none.</summary>
    public ReadOnlyMemory<byte>? Input { get; private set; }

    public override bool Read(ref JsonWalk walk)
    {
        (Type, Index, HasBlock, IsStopped, Input) = ("", -1, false, false, null);
        Texts.Clear();
        Others.Clear();
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var fields = walk.BeginObject();
        while (walk.NextField(Event, ref fields, out var field))
        {
            bool read;
            switch (field)
            {
                case 0:
                    read = ToolCalls.TryString(ref walk, out var type) && KnownTypes.Read(ref walk);
                    Type = type;
                    break;
                case 1:
                    read = (walk.Token == JsonTokenType.Number && walk.TryInt32(out var index) && index >= 0)
                        || walk.FailKind("a whole number");
                    Index = read && walk.TryInt32(out index) ? index : -1;
                    break;
                case 3:
                    HasBlock = true;
                    read = Event[3].Read(ref walk);
                    break;
                case 4:
                    read = walk.Token == JsonTokenType.Null || ReadDelta(ref walk);
                    break;
                default:
                    read = (field < 0 ? Event.Others! : Event[field]).Read(ref walk);
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }

    private bool ReadDelta(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var fields = walk.BeginObject();
        while (walk.NextField(Delta, ref fields, out var field))
        {
            bool read;
            switch (field)
            {
                case 0:
                    read = Delta[0].Read(ref walk);
                    break;
                case 1:
                    IsStopped = walk.Token != JsonTokenType.Null;
                    read = AnthropicAnswer.StopReason.Read(ref walk);
                    break;
                case 2 when walk.Token == JsonTokenType.String:
                    read = walk.TryText(out var piece);
                    Input = piece;
                    break;
                default:
                    read = ReadText(ref walk);
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }

    /// <summary>Reads a text. A string may continue in the next event; the strings of any other value are taken as whole.</summary>
    private bool ReadText(ref JsonWalk walk)
    {
        switch (walk.Token)
        {
            case JsonTokenType.String:
                if (!walk.TryText(out var text))
                {
                    return false;
                }

                if (!text.IsEmpty)
                {
                    Texts.Add((walk.LastName(), text));
                }

                return true;

            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var field = walk.LastName();
                var strings = new ArrayBufferWriter<byte>();
                if (!walk.Gather(strings, field == "citation" ? ReadNames.Strange : ReadNames.All))
                {
                    return false;
                }

                if (strings.WrittenCount > 0)
                {
                    Others.Add((field, strings.WrittenMemory));
                }

                return true;

            default:
                return StringsRule.Unknown.Read(ref walk);
        }
    }
}
