using System.Collections.Immutable;

namespace Holdpoint.Wire.Json;

/// <summary>The parts, tools and settings that one pass over a body gathers. Not thread-safe; one per pass.</summary>
internal sealed class Harvest
{
    public ImmutableArray<Part>.Builder Parts { get; } = ImmutableArray.CreateBuilder<Part>(4);

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

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public int Choices { get; set; } = 1;

    public bool IncludeUsage { get; set; }

    /// <summary>Forgets the parts, tool calls and opaque values, to be used for another pass.</summary>
    public void Clear()
    {
        Parts.Clear();
        ToolCalls?.Clear();
        OpaqueValues?.Clear();
    }

    public ImmutableArray<OpaqueValue> TakeOpaqueValues() => OpaqueValues is null ? [] : OpaqueValues.DrainToImmutable();

    public ImmutableArray<ToolDefinition> TakeTools() => Tools is null ? [] : Tools.DrainToImmutable();

    public ImmutableArray<ToolCall> TakeToolCalls() => ToolCalls is null ? [] : ToolCalls.DrainToImmutable();
}
