using Holdpoint.Wire.Json;
using Holdpoint.Wire.Sse;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// Reads a streamed message: <c>message_start</c>, for each content block its start, its deltas and its stop, <c>message_delta</c>,
/// <c>message_stop</c>. Places are named as in a whole message.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="model">The model that the request names; null where nothing is known of the request.</param>
internal sealed class AnthropicStream(WireLimits limits, string? model = null) : SseAnswerReader(limits)
{
    private const string BlockPath = "/content_block";

    private readonly Harvest _harvest = new() { AskedModel = Harvest.Utf8(model) };
    private readonly AnthropicEventRule _event = new();
    private readonly List<BlockProgress> _blocks = [];
    private bool _hasBegun;
    private bool _isStopped;

    protected override Fault? ReadEvent(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> data)
    {
        _harvest.Clear();
        if (JsonWalk.Read(data, _event, _harvest, Limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        // Official clients look at the name first, others at the type: an event of two natures is read differently.
        if (!name.IsEmpty && !name.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(_event.Type)))
        {
            return WireFaults.StreamInvalid("an event is named otherwise than its type");
        }

        // The provider's own error is passed on. But what a tool call has begun to say is not released, so nothing behind it is.
        if (_event.Type == "error" && _blocks.Exists(block => block is { IsOpen: true, IsTool: true }))
        {
            return WireFaults.StreamTruncated;
        }

        var wrong = _event.Type switch
        {
            "message_start" => Begin(),
            "content_block_start" => BeginBlock(),
            "content_block_delta" => GoOn(),
            "content_block_stop" => EndBlock(),
            "message_stop" => EndMessage(),
            "error" => EndAfter(Other()),
            _ => Other(),
        };
        return wrong is null ? null : WireFaults.StreamInvalid(wrong);
    }

    /// <summary>
    /// Accepts an end without <c>message_stop</c> if the message said why it stopped: some servers leave the last event out.
    /// </summary>
    protected override Fault? EndWithoutTerminator()
    {
        if (!_isStopped || _blocks.Exists(block => block.IsOpen))
        {
            return WireFaults.StreamTruncated;
        }

        Deltas.Add(StreamDelta.End);
        return null;
    }

    private string? Begin()
    {
        if (_hasBegun)
        {
            return "a second message begins";
        }

        _hasBegun = true;
        return _harvest.ToolCalls is { Count: > 0 }
            || _harvest.Parts.Any(part => part.Path.StartsWith("/message/content", StringComparison.Ordinal))
            ? "a message begins with content"
            : Other();
    }

    private string? BeginBlock()
    {
        // Clients append a block and find it by its index.
        if (!_hasBegun || _event.Index != _blocks.Count || !_event.HasBlock)
        {
            return "a content block begins out of order";
        }

        var block = new BlockProgress(_event.Index, _harvest.ToolCalls is [var tool] ? tool : null);
        _blocks.Add(block);
        block.MarkTool(Deltas);
        foreach (var part in _harvest.Parts)
        {
            if (part.Path.StartsWith(BlockPath + "/", StringComparison.Ordinal))
            {
                block.AddText(part.Path[(BlockPath.Length + 1)..], part.Bytes, Deltas);
            }
            else
            {
                AddWhole(part.Path, part.Bytes);
            }
        }

        AddAround(block);
        return AddDeltaTo(block);
    }

    private string? GoOn()
    {
        if (_event.Index < 0 || _event.Index >= _blocks.Count || !_blocks[_event.Index].IsOpen)
        {
            return "a content block goes on that is not open";
        }

        var block = _blocks[_event.Index];
        block.MarkTool(Deltas);
        AddParts(block);
        return AddDeltaTo(block);
    }

    private string? AddDeltaTo(BlockProgress block)
    {
        foreach (var (field, text) in _event.Texts)
        {
            block.AddText(field, text, Deltas);
        }

        foreach (var (field, text) in _event.Others)
        {
            block.AddWhole(field == "citation" ? "citations" : field, text, Deltas);
        }

        if (_event.Input is { } piece)
        {
            block.AddInput(piece, Deltas);
        }

        return null;
    }

    private string? EndBlock()
    {
        if (GoOn() is { } wrong)
        {
            return wrong;
        }

        return _blocks[_event.Index].End(Deltas);
    }

    private string? EndMessage()
    {
        if (!_hasBegun || _blocks.Exists(block => block.IsOpen))
        {
            return "the message ends before its content";
        }

        return EndAfter(Other());
    }

    private string? EndAfter(string? wrong)
    {
        IsDone = true;
        Deltas.Add(StreamDelta.End);
        return wrong;
    }

    /// <summary>Reads an event outside of blocks, whose texts are all whole.</summary>
    private string? Other()
    {
        if (_harvest.ToolCalls is { Count: > 0 } || _event.HasBlock)
        {
            return "a content block appears where none may";
        }

        AddParts();
        foreach (var (field, text) in _event.Texts.Concat(_event.Others))
        {
            AddWhole("/" + field, text);
        }

        if (_event.Input is { } piece)
        {
            AddWhole("/partial_json", piece);
        }

        _isStopped |= _event.IsStopped;
        return null;
    }

    private void AddParts(BlockProgress? block = null)
    {
        foreach (var part in _harvest.Parts)
        {
            AddWhole(part.Path.StartsWith("/message/", StringComparison.Ordinal) ? part.Path["/message".Length..] : part.Path, part.Bytes);
        }

        AddAround(block);
    }

    private void AddAround(BlockProgress? block)
    {
        if (_harvest.Marks.Count > 0 || _harvest.OpaqueValues is { Count: > 0 })
        {
            AddAroundIn(block);
        }
    }

    /// <summary>Adds what is around the content, except the block's own fields, which it puts together from pieces.</summary>
    private void AddAroundIn(BlockProgress? block)
    {
        _harvest.OpaqueValues?.RemoveAll(value => BlockProgress.IsSealed(value.Path[(value.Path.LastIndexOf('/') + 1)..])
            && value.Path.LastIndexOf('/') == BlockPath.Length);
        AddAround(_harvest, path => path.StartsWith("/message/", StringComparison.Ordinal) ? path["/message".Length..]
            : block is null ? path
            : path.StartsWith(BlockPath + "/", StringComparison.Ordinal) ? block.Path + path[BlockPath.Length..]
            : path.StartsWith("/delta/", StringComparison.Ordinal) ? block.Path + path["/delta".Length..]
            : path);
    }
}
