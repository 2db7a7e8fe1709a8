using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>The contents of one choice in one chunk. Reused from chunk to chunk.</summary>
internal sealed class ChunkChoice
{
    public int Index { get; set; }

    public bool IsFinished { get; set; }

    /// <summary>The pieces of text that may continue in later chunks: the field of the message, and the text.</summary>
    public List<(string Field, ReadOnlyMemory<byte> Text)> Texts { get; } = [];

    /// <summary>The whole texts of unknown fields: the path below the choice, and the text.</summary>
    public List<(string Field, ReadOnlyMemory<byte> Text)> Others { get; } = [];

    /// <summary>Pieces of audio in base64.</summary>
    public List<ReadOnlyMemory<byte>> Audio { get; } = [];

    public List<ToolCallPiece> ToolCalls { get; } = [];

    public void Clear(int index)
    {
        Index = index;
        IsFinished = false;
        Texts.Clear();
        Others.Clear();
        Audio.Clear();
        ToolCalls.Clear();
    }
}

/// <summary>The contents of one tool call in one chunk.</summary>
/// <param name="Index">The call's index; -1 for the legacy <c>function_call</c>.</param>
/// <param name="Id">The call's id, or empty.</param>
/// <param name="Name">The call's name, or empty.</param>
/// <param name="Arguments">A piece of the call's arguments.</param>
/// <param name="IsItem">Whether the call is of an unknown kind, named by its type.</param>
internal readonly record struct ToolCallPiece(
    int Index, string Id, string Name, ReadOnlyMemory<byte> Arguments, bool IsItem = false);

/// <summary>Reads one chunk. The choice's index may follow its delta, so the contents are collected first. Not thread-safe.</summary>
internal sealed class OpenAiChunkRule : Rule
{
    private static readonly Rule Finish = new SettingRule("stop", "length", "tool_calls", "content_filter", "function_call");

    private readonly Shape _top;
    private readonly List<ChunkChoice> _pool = [];

    public OpenAiChunkRule()
    {
        _top = new Shape(
            StringsRule.Unknown,
            ("id", TokenRule.Shared),
            ("object", new SettingRule("chat.completion.chunk")),
            ("created", TokenRule.Shared),
            ("model", AnswerModelRule.Shared),
            ("system_fingerprint", TokenRule.Shared),
            ("service_tier", new SettingRule("auto", "default", "flex", "scale", "priority")),
            ("obfuscation", PaddingRule.Shared),   // random padding that the provider adds
            ("usage", StringsRule.Known),
            ("choices", new ListRule(new ChoiceRule(this))));
    }

    /// <summary>The contents of the chunk, an entry for each choice.</summary>
    public List<ChunkChoice> Choices { get; } = [];

    public void Clear()
    {
        _pool.AddRange(Choices);
        Choices.Clear();
    }

    public override bool Read(ref JsonWalk walk) => walk.ReadObject(_top);

    private ChunkChoice Next(int index)
    {
        var choice = _pool is [.., var last] ? last : new ChunkChoice();
        if (_pool.Count > 0)
        {
            _pool.RemoveAt(_pool.Count - 1);
        }

        choice.Clear(index);
        Choices.Add(choice);
        return choice;
    }

    private sealed class ChoiceRule(OpenAiChunkRule owner) : Rule
    {
        private static readonly Shape Fields = new(
            StringsRule.Unknown,
            ("index", CheckedRule.Shared),
            ("delta", CheckedRule.Shared),
            ("finish_reason", CheckedRule.Shared),
            ("logprobs", StringsRule.Known),
            ("message", CheckedRule.Shared));

        /// <summary>
        /// The whole message, which some servers repeat. Its text is screened; tool calls are refused, because they could not be decided as
        /// in a stream.
        /// </summary>
        private static readonly Shape Message = new(
            StringsRule.Unknown, ("tool_calls", new NoCallsRule()), ("function_call", new NoCallsRule()));

        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            // A server that leaves the index out has one choice.
            var choice = owner.Next(walk.ItemIndex);
            var fields = walk.BeginObject();
            while (walk.NextField(Fields, ref fields, out var field))
            {
                bool read;
                switch (field)
                {
                    case 0:
                        read = (walk.Token == JsonTokenType.Number && walk.TryInt32(out var index)) || walk.FailKind("a whole number");
                        choice.Index = read && walk.TryInt32(out index) ? index : -1;
                        break;
                    case 1:
                        read = walk.Token == JsonTokenType.Null || DeltaReading.Read(ref walk, choice);
                        break;
                    case 2:
                        choice.IsFinished = walk.Token != JsonTokenType.Null;
                        read = Finish.Read(ref walk);
                        break;
                    case 4 when walk.Token == JsonTokenType.StartObject:
                        read = walk.ReadObject(Message);
                        break;
                    case 4:
                        read = Fields.Others!.Read(ref walk);
                        break;
                    default:
                        read = (field < 0 ? Fields.Others! : Fields[field]).Read(ref walk);
                        break;
                }

                if (!read)
                {
                    return false;
                }
            }

            return walk.Fault is null;
        }
    }

    /// <summary>Null or an empty list.</summary>
    private sealed class NoCallsRule : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token == JsonTokenType.Null)
            {
                return true;
            }

            if (walk.Token != JsonTokenType.StartArray)
            {
                return walk.FailKind("null");
            }

            walk.BeginArray();
            return walk.NextItem() ? walk.FailKind("an end of the list") : walk.Fault is null;
        }
    }
}
