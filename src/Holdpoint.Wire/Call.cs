using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>A request to a model, read: its content, the place of each part in the body, and the tools that it could set off.</summary>
internal sealed record Call
{
    /// <summary>The model that the client named; resolved to an upstream by the configuration.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the client asked for a stream of events.</summary>
    public required bool Stream { get; init; }

    /// <summary>The number of answers that the client asked for; 1 by default.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Whether the client asked for the usage at the end of a stream.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>The body as the client sent it, which is forwarded to the provider. Valid only while the call is handled.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Every part that carries content, in body order. Tool definitions are not content and are not here.</summary>
    public required ImmutableArray<Part> Parts { get; init; }

    /// <summary>
    /// Every value that only the provider can read, in body order. Each is also an opaque part, or a text part where it does not look
    /// sealed.
    /// </summary>
    public ImmutableArray<OpaqueValue> OpaqueValues { get; init; } = [];

    /// <summary>The tools that the model may call.</summary>
    public required ImmutableArray<ToolDefinition> Tools { get; init; }
}

/// <summary>A tool offered to the model.</summary>
/// <param name="Name">The name by which the model calls the tool; for a tool of the provider's own, its type.</param>
/// <param name="Definition">The bytes of the tool's whole JSON definition in the request body.</param>
/// <param name="RunByProvider">
/// Whether the provider runs the tool itself. Then no tool call passes the gateway, so the tool is decided as an effect before the call is
/// forwarded.
/// </param>
internal sealed record ToolDefinition(string Name, ReadOnlyMemory<byte> Definition, bool RunByProvider)
{
    /// <summary>
    /// The definition's JSON text with every escape decoded, for detectors, so that nothing can hide in a description. Definitions are not
    /// content of the call, and phrases mean nothing in one that the agreement registers.
    /// </summary>
    public ReadOnlyMemory<byte> Text { get; init; } = Definition;
}
