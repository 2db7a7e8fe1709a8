using System.Buffers;
using System.Globalization;

namespace Holdpoint.Wire.OpenAi;

/// <summary>The progress of one choice of a streamed answer: the open texts, and the tool call being written. Not thread-safe.</summary>
internal sealed class ChoiceProgress(int index)
{
    private readonly string _message = string.Create(CultureInfo.InvariantCulture, $"/choices/{index}/message/");
    private readonly Dictionary<string, string> _keys = [];
    private readonly List<string> _open = [];
    private PendingToolCall? _tool;

    /// <summary>Whether the choice said why it ended.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Adds the contents of a chunk.</summary>
    /// <returns>Null, or the reason that the chunk contradicts an earlier one.</returns>
    public string? Apply(ChunkChoice chunk, List<StreamDelta> deltas)
    {
        EndTextsNotIn(chunk, deltas);
        foreach (var (field, text) in chunk.Texts)
        {
            var key = Key(field);
            deltas.Add(new StreamDelta(StreamDeltaKind.Text, key, text));
            if (!_open.Contains(key))
            {
                _open.Add(key);
            }
        }

        foreach (var (field, text) in chunk.Others)
        {
            deltas.Add(new StreamDelta(StreamDeltaKind.Text, Key(field), text));
            deltas.Add(StreamDelta.PartEnd(Key(field)));
        }

        foreach (var data in chunk.Audio)
        {
            deltas.Add(new StreamDelta(StreamDeltaKind.Opaque, Key("audio/data"), data));
        }

        foreach (var piece in chunk.ToolCalls)
        {
            if (Apply(piece, deltas) is { } wrong)
            {
                return wrong;
            }
        }

        IsFinished |= chunk.IsFinished;
        return chunk.IsFinished ? End(deltas) : null;
    }

    /// <summary>Ends everything that is still open.</summary>
    public string? End(List<StreamDelta> deltas)
    {
        foreach (var key in _open)
        {
            deltas.Add(StreamDelta.PartEnd(key));
        }

        _open.Clear();
        return EndTool(deltas);
    }

    /// <summary>
    /// Ends the open texts that the chunk does not continue. A model writes reasoning, then text, then tool calls: when the next begins,
    /// the text kept back of the one before can be decided, or everything behind it would wait for the end of the answer.
    /// </summary>
    private void EndTextsNotIn(ChunkChoice chunk, List<StreamDelta> deltas)
    {
        if (_open.Count == 0 || (chunk.Texts.Count == 0 && chunk.ToolCalls.Count == 0))
        {
            return;
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var key = _open[i];
            if (!chunk.Texts.Exists(text => Key(text.Field) == key))
            {
                deltas.Add(StreamDelta.PartEnd(key));
                _open.RemoveAt(i);
            }
        }
    }

    private string? Apply(ToolCallPiece piece, List<StreamDelta> deltas)
    {
        if (_tool is null || piece.Index > _tool.Index)
        {
            if (EndTool(deltas) is { } wrong)
            {
                return wrong;
            }

            // What was released as complete may not grow: it was decided as it was.
            if (IsFinished)
            {
                return "a tool call goes on after the choice was complete";
            }

            _tool = new PendingToolCall(piece.Index, Key(piece.Index < 0
                ? "function_call"
                : string.Create(CultureInfo.InvariantCulture, $"tool_calls/{piece.Index}")));
        }
        else if (piece.Index < _tool.Index)
        {
            return "a tool call goes on after it was complete";
        }

        deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallFragment, _tool.Key));
        return _tool.Add(piece);
    }

    private string? EndTool(List<StreamDelta> deltas)
    {
        if (_tool is not { } tool)
        {
            return null;
        }

        _tool = null;
        if (tool.Name.Length == 0)
        {
            return "a tool call has no name";
        }

        deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallEnd, tool.Key, ToolCall: tool.ToToolCall()));
        return null;
    }

    private string Key(string field)
    {
        if (!_keys.TryGetValue(field, out var key))
        {
            _keys[field] = key = _message + field;
        }

        return key;
    }

    private sealed class PendingToolCall(int index, string key)
    {
        private readonly ArrayBufferWriter<byte> _arguments = new();
        private string _id = "";
        private bool _isItem;

        public int Index => index;

        public string Key => key;

        public string Name { get; private set; } = "";

        // Clients disagree about a second name or id (some append, some replace), so there is none.
        public string? Add(ToolCallPiece piece)
        {
            if (piece.Name.Length > 0 && Name.Length > 0)
            {
                return "a tool call is named twice";
            }

            if (piece.Id.Length > 0 && _id.Length > 0 && piece.Id != _id)
            {
                return "a tool call has two ids";
            }

            Name = piece.Name.Length > 0 ? piece.Name : Name;
            _id = piece.Id.Length > 0 ? piece.Id : _id;
            _isItem |= piece.IsItem;
            _arguments.Write(piece.Arguments.Span);
            return null;
        }

        public ToolCall ToToolCall() => new(key, index < 0 ? null : _id, Name, _arguments.WrittenMemory) { IsItem = _isItem };
    }
}
