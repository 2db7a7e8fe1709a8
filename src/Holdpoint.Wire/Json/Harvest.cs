using System.Collections.Immutable;
using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>The parts, tools and settings that one pass over a body gathers. Not thread-safe; one per pass.</summary>
internal sealed class Harvest
{
    /// <summary>
    /// The maximum number of words that are remembered. 64: an id, a model and the names of unknown fields, of several providers.
    /// </summary>
    private const int MaxSeen = 64;

    private List<byte[]>? _seen;

    public ImmutableArray<Part>.Builder Parts { get; } = ImmutableArray.CreateBuilder<Part>(4);

    /// <summary>
    /// The tokens and names around the content, which are read as text too. They come last, so that they do not stand between two texts.
    /// </summary>
    public List<Part> Marks { get; } = [];

    /// <summary>The values that only the provider can read; null while there are none.</summary>
    public ImmutableArray<OpaqueValue>.Builder? OpaqueValues { get; set; }

    /// <summary>The ids of the requests to approve a tool that were read; null while there are none.</summary>
    public HashSet<string>? ApprovalRequests { get; set; }

    public ImmutableArray<ToolDefinition>.Builder? Tools { get; set; }

    /// <summary>The namespace whose tools are being read; null outside a namespace.</summary>
    public string? Namespace { get; set; }

    public ImmutableArray<ToolCall>.Builder? ToolCalls { get; set; }

    /// <summary>The strings of the request, for an answer that may repeat them; null where nothing is known of the request.</summary>
    public SentStrings? Sent { get; init; }

    /// <summary>The model that the request of this answer names, in UTF-8; null where nothing is known of the request.</summary>
    public byte[]? AskedModel { get; init; }

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public int Choices { get; set; } = 1;

    public bool IncludeUsage { get; set; }

    /// <summary>Forgets the parts, tool calls and opaque values, to be used for another pass.</summary>
    public void Clear()
    {
        Parts.Clear();
        Marks.Clear();
        ToolCalls?.Clear();
        OpaqueValues?.Clear();
    }

    public static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    /// <summary>Whether an earlier pass, or this one, has read the same word already.</summary>
    public bool HasSeen(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < (_seen?.Count ?? 0); i++)
        {
            if (word.SequenceEqual(_seen![i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Remembers a word, if there is room.</summary>
    /// <returns>A copy of the word.</returns>
    public byte[] See(ReadOnlySpan<byte> word)
    {
        var copy = word.ToArray();
        if ((_seen ??= []).Count < MaxSeen)
        {
            _seen.Add(copy);
        }

        return copy;
    }

    public ImmutableArray<Part> TakeParts()
    {
        Parts.AddRange(Marks);
        Marks.Clear();
        return Parts.DrainToImmutable();
    }

    public ImmutableArray<OpaqueValue> TakeOpaqueValues() => OpaqueValues is null ? [] : OpaqueValues.DrainToImmutable();

    public ImmutableArray<ToolDefinition> TakeTools() => Tools is null ? [] : Tools.DrainToImmutable();

    public ImmutableArray<ToolCall> TakeToolCalls() => ToolCalls is null ? [] : ToolCalls.DrainToImmutable();
}
