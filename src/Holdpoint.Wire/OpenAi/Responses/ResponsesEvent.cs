using System.Buffers;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// One event of a streamed response. Its indices may follow its text, so the contents are collected first; unknown fields become parts.
/// Reused from event to event; not thread-safe.
/// </summary>
internal sealed class ResponsesEvent : Rule
{
    // npm openai 6.49.0; "response" and the rest of the name.
    private static readonly Rule Types = new WordRule([
        "error", "keepalive",
        .. new[]
        {
            "created", "queued", "in_progress", "completed", "incomplete", "failed", "cancelled",
            "output_item.added", "output_item.done", "content_part.added", "content_part.done",
            "output_text.delta", "output_text.done", "output_text.annotation.added", "refusal.delta", "refusal.done",
            "reasoning_text.delta", "reasoning_text.done", "reasoning_summary_text.delta", "reasoning_summary_text.done",
            "reasoning_summary_part.added", "reasoning_summary_part.done",
            "function_call_arguments.delta", "function_call_arguments.done",
            "custom_tool_call_input.delta", "custom_tool_call_input.done",
            "mcp_call_arguments.delta", "mcp_call_arguments.done", "mcp_call.in_progress", "mcp_call.completed", "mcp_call.failed",
            "mcp_list_tools.in_progress", "mcp_list_tools.completed", "mcp_list_tools.failed",
            "code_interpreter_call_code.delta", "code_interpreter_call_code.done", "code_interpreter_call.in_progress",
            "code_interpreter_call.interpreting", "code_interpreter_call.completed",
            "file_search_call.in_progress", "file_search_call.searching", "file_search_call.completed",
            "web_search_call.in_progress", "web_search_call.searching", "web_search_call.completed",
            "image_generation_call.in_progress", "image_generation_call.generating", "image_generation_call.partial_image",
            "image_generation_call.completed",
            "audio.delta", "audio.done", "audio.transcript.delta", "audio.transcript.done",
        }.Select(type => "response." + type)]);

    private static readonly Shape Fields = new(
        StringsRule.Unknown,
        ("type", Types),
        ("sequence_number", TokenRule.Shared),
        ("item_id", TokenRule.Shared),
        ("obfuscation", PaddingRule.Shared),   // random padding that the provider adds
        ("partial_image_index", TokenRule.Shared),
        ("annotation_index", TokenRule.Shared),
        ("output_index", CheckedRule.Shared),
        ("content_index", CheckedRule.Shared),
        ("summary_index", CheckedRule.Shared),
        ("delta", CheckedRule.Shared),
        ("text", CheckedRule.Shared),
        ("refusal", CheckedRule.Shared),
        ("arguments", CheckedRule.Shared),
        ("input", CheckedRule.Shared),
        ("code", CheckedRule.Shared),
        ("transcript", CheckedRule.Shared),
        ("name", CheckedRule.Shared),
        ("partial_image_b64", CheckedRule.Shared),
        ("logprobs", CheckedRule.Shared),
        ("annotation", CheckedRule.Shared),
        ("item", CheckedRule.Shared),
        ("part", CheckedRule.Shared),
        ("response", CheckedRule.Shared));

    private readonly int[] _indices = new int[3];
    private ReadOnlyMemory<byte> _probabilities;
    private ReadOnlyMemory<byte> _note;
    private ReadOnlyMemory<byte> _item;
    private ReadOnlyMemory<byte> _part;
    private ReadOnlyMemory<byte> _response;

    /// <summary>The type of the event; empty when the event has none.</summary>
    public string Type { get; private set; } = "";

    public int Output => _indices[0];

    public int Content => _indices[1];

    public int Summary => _indices[2];

    /// <summary>A piece of a text or of arguments; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Delta { get; private set; }

    /// <summary>A whole text, or whole arguments; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Whole { get; private set; }

    /// <summary>The name of the function whose arguments the event has; null when the event has no name.</summary>
    public string? Name { get; private set; }

    /// <summary>A picture, in base64.</summary>
    public ReadOnlyMemory<byte> Image { get; private set; }

    /// <summary>The strings of log probabilities, a line each.</summary>
    public ReadOnlyMemory<byte> Probabilities => _probabilities;

    /// <summary>The strings of an annotation, a line each.</summary>
    public ReadOnlyMemory<byte> Note => _note;

    /// <summary>
    /// The JSON of an item of the output; empty when there is none. The same for <see cref="Part"/> and <see cref="Response"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Item => _item;

    public ReadOnlyMemory<byte> Part => _part;

    public ReadOnlyMemory<byte> Response => _response;

    public override bool Read(ref JsonWalk walk)
    {
        Clear();
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        Type = walk.Peek("type"u8) ?? "";
        var isError = Type == "error";
        var fields = walk.BeginObject();
        while (walk.NextField(Fields, ref fields, out var field))
        {
            var read = field switch
            {
                < 0 => Fields.Others!.Read(ref walk),
                < 6 => Fields[field].Read(ref walk),
                < 9 => TryIndex(ref walk, field - 6),
                _ when isError => StringsRule.Known.Read(ref walk),
                9 => TryDelta(ref walk),
                < 16 => TryWhole(ref walk),
                16 => TryName(ref walk),
                17 => TryImage(ref walk),
                18 => TryStrings(ref walk, ReadNames.Strange, ref _probabilities),
                19 => TryStrings(ref walk, ReadNames.Strange, ref _note),
                20 => TryJson(ref walk, ref _item),
                21 => TryJson(ref walk, ref _part),
                _ => TryJson(ref walk, ref _response),
            };
            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }

    private static bool TryStrings(ref JsonWalk walk, ReadNames names, ref ReadOnlyMemory<byte> strings)
    {
        var gathered = new ArrayBufferWriter<byte>();
        var read = walk.Gather(gathered, names);
        strings = gathered.WrittenMemory;
        return read;
    }

    private static bool TryJson(ref JsonWalk walk, ref ReadOnlyMemory<byte> json) =>
        walk.Token == JsonTokenType.Null || walk.Check(out json);

    private void Clear()
    {
        Array.Fill(_indices, 0);
        Type = "";
        Delta = Whole = null;
        Name = null;
        Image = _probabilities = _note = _item = _part = _response = default;
    }

    private bool TryIndex(ref JsonWalk walk, int index)
    {
        if (walk.Token == JsonTokenType.Null)
        {
            return true;
        }

        return (walk.Token == JsonTokenType.Number && walk.TryInt32(out _indices[index]) && _indices[index] >= 0)
            || walk.FailKind("a whole number");
    }

    // A delta that is not a string is taken as the strings that are in it.
    private bool TryDelta(ref JsonWalk walk)
    {
        ReadOnlyMemory<byte> text = default;
        var read = walk.Token == JsonTokenType.String ? walk.TryText(out text) : TryStrings(ref walk, ReadNames.All, ref text);
        Delta = text;
        return read;
    }

    private bool TryWhole(ref JsonWalk walk)
    {
        if (walk.Token == JsonTokenType.Null)
        {
            return true;
        }

        if (Whole is not null)
        {
            return walk.Fail(WireCause.InvalidField, "is a second text of one event");
        }

        ReadOnlyMemory<byte> text;
        var read = walk.Token == JsonTokenType.String ? walk.TryText(out text) : walk.Check(out text);
        Whole = text;
        return read;
    }

    private bool TryName(ref JsonWalk walk)
    {
        var read = ToolCalls.TryString(ref walk, out var name);
        Name = name;
        return read;
    }

    private bool TryImage(ref JsonWalk walk)
    {
        ReadOnlyMemory<byte> image = default;
        var read = walk.Token == JsonTokenType.Null
            || (walk.Token == JsonTokenType.String ? walk.TryText(out image) : walk.FailKind("a string"));
        Image = image;
        return read;
    }
}
