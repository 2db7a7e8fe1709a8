using System.Collections.Immutable;

namespace Holdpoint.Gateway.Wire.Json;

/// <summary>What one pass over a body gathers. Not thread-safe; one per pass.</summary>
internal sealed class Harvest
{
    public ImmutableArray<Part>.Builder Parts { get; } = ImmutableArray.CreateBuilder<Part>(4);

    public ImmutableArray<ToolDefinition>.Builder? Tools { get; set; }

    public ImmutableArray<ToolCall>.Builder? ToolCalls { get; set; }

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public int Choices { get; set; } = 1;

    public bool IncludeUsage { get; set; }

    public ImmutableArray<ToolDefinition> TakeTools() => Tools is null ? [] : Tools.DrainToImmutable();

    public ImmutableArray<ToolCall> TakeToolCalls() => ToolCalls is null ? [] : ToolCalls.DrainToImmutable();
}
