using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Effects;

/// <summary>Something that a model would do outside: a tool call, or a tool that the provider runs by itself. Immutable.</summary>
/// <param name="Name">The tool as the model's call, or the request, names it.</param>
/// <param name="Arguments">What people would approve: the call's arguments; for a tool that the provider runs, its definition.</param>
/// <param name="DefinedAs">The name under which the tool was offered, and under which an agreement registers it.</param>
internal sealed record Effect(string Name, ReadOnlyMemory<byte> Arguments, string DefinedAs)
{
    /// <summary>
    /// Whether the call is an item named by its type (<see cref="ToolCall.IsItem"/>). Then only a tool that the provider runs, or that the
    /// API has built in, can be meant: a provider could call any function's name a type.
    /// </summary>
    public bool IsItem { get; init; }

    /// <summary>A tool call that a model made.</summary>
    public static Effect Of(ToolCall call) => new(call.Name, call.Arguments, call.DefinedAs) { IsItem = call.IsItem };

    /// <summary>A tool that the provider runs.</summary>
    public static Effect Of(ToolDefinition tool) => new(tool.Name, tool.Definition, tool.Name);

    /// <summary>The same effect in memory of its own: what waits for people outlives the answer that it came in.</summary>
    public Effect Kept() => this with { Arguments = Arguments.ToArray() };

    /// <summary>Every definition of this effect's name among the tools that a request offers.</summary>
    public ImmutableArray<ToolDefinition> In(ImmutableArray<ToolDefinition> offered) =>
        [.. offered.Where(tool => tool.Name == DefinedAs && (!IsItem || tool.RunByProvider))];
}
