using System.Buffers;
using System.Globalization;

namespace Holdpoint.Wire.Anthropic;

/// <summary>The progress of one content block of a streamed message. Not thread-safe.</summary>
/// <param name="index">The block's index in the message.</param>
/// <param name="tool">
/// The tool call as the block's first event gave it, with the path of that event; null when the block calls no tool.
/// </param>
internal sealed class BlockProgress(int index, ToolCall? tool)
{
    private readonly string _path = string.Create(CultureInfo.InvariantCulture, $"/content/{index}");
    private readonly Dictionary<string, string> _keys = [];
    private Dictionary<string, ArrayBufferWriter<byte>>? _sealed;
    private ArrayBufferWriter<byte>? _input;

    public bool IsOpen { get; private set; } = true;

    public bool IsTool => tool is not null;

    /// <summary>The place of the block in a whole message.</summary>
    public string Path => _path;

    /// <summary>Whether the value of that field of a block can be read by the provider alone.</summary>
    public static bool IsSealed(string field) => field is "signature" or "data" or "encrypted_content";

    /// <summary>Adds a further piece of a field's text.</summary>
    public void AddText(string field, ReadOnlyMemory<byte> text, List<StreamDelta> deltas)
    {
        deltas.Add(new StreamDelta(StreamDeltaKind.Text, Key(field), text));
        if (IsSealed(field))
        {
            if (!(_sealed ??= []).TryGetValue(field, out var value))
            {
                _sealed[field] = value = new();
            }

            value.Write(text.Span);
        }
    }

    /// <summary>Adds a text that is whole.</summary>
    public void AddWhole(string field, ReadOnlyMemory<byte> text, List<StreamDelta> deltas)
    {
        AddText(field, text, deltas);
        deltas.Add(StreamDelta.PartEnd(Key(field)));
    }

    /// <summary>Adds a piece of the tool's input; in a block that calls no tool, the piece is text of a field like any other.</summary>
    public void AddInput(ReadOnlyMemory<byte> piece, List<StreamDelta> deltas)
    {
        if (tool is null)
        {
            AddText("partial_json", piece, deltas);
        }
        else if (!piece.IsEmpty)
        {
            (_input ??= new()).Write(piece.Span);
        }
    }

    /// <summary>Marks the event as one that carries a piece of the tool call.</summary>
    public void MarkTool(List<StreamDelta> deltas)
    {
        if (tool is not null)
        {
            deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallFragment, _path));
        }
    }

    /// <summary>Ends the block, which is complete.</summary>
    /// <returns>Null, or the reason that two readers could read the block differently.</returns>
    public string? End(List<StreamDelta> deltas)
    {
        IsOpen = false;
        foreach (var key in _keys.Values)
        {
            deltas.Add(StreamDelta.PartEnd(key));
        }

        foreach (var (field, value) in _sealed ?? [])
        {
            deltas.Add(new StreamDelta(StreamDeltaKind.OpaqueValue, Key(field), value.WrittenMemory));
        }

        if (tool is null)
        {
            return null;
        }

        // Clients take the pieces and forget the input that the block began with, or the other way round.
        if (_input is not null && !IsEmptyObject(tool.Arguments.Span))
        {
            return "a tool call has two inputs";
        }

        deltas.Add(new StreamDelta(
            StreamDeltaKind.ToolCallEnd, _path, ToolCall: tool with { Path = _path, Arguments = _input?.WrittenMemory ?? tool.Arguments }));
        return null;
    }

    private static bool IsEmptyObject(ReadOnlySpan<byte> json) =>
        json.Length >= 2 && json[0] == (byte)'{' && json[^1] == (byte)'}' && !json[1..^1].ContainsAnyExcept(" \t\r\n"u8);

    private string Key(string field)
    {
        if (!_keys.TryGetValue(field, out var key))
        {
            _keys[field] = key = $"{_path}/{field}";
        }

        return key;
    }
}
